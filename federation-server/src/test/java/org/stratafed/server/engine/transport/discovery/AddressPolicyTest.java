package org.stratafed.server.engine.transport.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private final AddressPolicy policy = new AddressPolicy(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:500:2::c",
                "2a00:1450:4001:82a::200e",
                "2606:4700:4700::1111",
                "::ffff:1.1.1.1",
                "64:ff9b::101:101",
                "2002:101:101::1",
            })
    void publicAddressesWillDo(String address) {
        assertThat(policy.permits(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "0:0:0:0:0:0:0:1",
                "0000::0001",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::FFFF:10.1.2.3",
                "0:0:0:0:0:ffff:a01:203",
                "::ffff:0:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:c0a8:101::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff:ffff::",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
            })
    void addressesThatLeadSomewhereElseAreRefused(String address) {
        assertThat(policy.permits(address)).isFalse();
    }

    /// What isn't understood here might be by whoever connects, and in another way.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "1.1.1",
                "1.1.1.1.1",
                "1.1.1.256",
                "1.1.1.-1",
                "01.1.1.1",
                "0x1.1.1.1",
                "16843009",
                "1.1.1.1 ",
                "[2606:4700::1]",
                "2606:4700::1%eth0",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "12345::",
                "::1.1.1.1:1",
                "::g",
                "1.1.1.1::",
            })
    void whatIsNoAddressIsRefused(String address) {
        assertThat(policy.permits(address)).isFalse();
        assertThat(new AddressPolicy(true).permits(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:DB8::1, 2001:db8::1",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "::1.2.3.4, ::102:304",
        "1::, 1:0:0:0:0:0:0:0",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void anAddressIsTheSameHoweverItIsWritten(String one, String other) {
        var read = IpAddress.parse(one).orElseThrow();

        assertThat(read.startsAs(IpAddress.parse(other).orElseThrow(), 128)).isTrue();
    }

    @Test
    void whereTheOneSettingPermitsItEveryAddressWillDo() {
        var own = new AddressPolicy(true);

        assertThat(own.permits("127.0.0.1")).isTrue();
        assertThat(own.permits("fd00::1")).isTrue();
    }
}
