package org.stratafed.server.host.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.error.RemoteFailure;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

class DnsNameResolverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedDns dns = new ScriptedDns();
    private DnsNameResolver names;

    @BeforeEach
    void writeHosts() throws IOException {
        Path hosts =
                Files.writeString(
                        directory.resolve("hosts"),
                        "127.0.0.9 written.example other.example\n::9 six.example\n");
        names = new DnsNameResolver(new EngineLoop(vertx), dns, new HostsFileParser(hosts));
    }

    @AfterEach
    void close() {
        names.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aNameInTheHostsFileIsWhereThatSaysAndDnsIsNotAsked() {
        dns.has("written.example", "192.0.2.1", "2001:db8::1");

        assertThat(addresses("written.example")).containsExactly("127.0.0.9");
        assertThat(addresses("OTHER.example")).containsExactly("127.0.0.9");
        assertThat(addresses("six.example")).containsExactly("0:0:0:0:0:0:0:9");
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void otherNamesAreWhereDnsSaysIpv4First() {
        dns.has("peer.example", "2001:db8::1", "192.0.2.1", "192.0.2.2");

        assertThat(addresses("peer.example"))
                .containsExactly("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
        assertThat(dns.asked).containsExactlyInAnyOrder("peer.example. A", "peer.example. AAAA");
    }

    @Test
    void aNameThatThereIsNotHasNoAddresses() {
        assertThat(addresses("nobody.example")).isEmpty();
    }

    @Test
    void aNameThatCannotBeOneHasNoAddresses() {
        assertThat(addresses("a" + "b".repeat(80) + ".example")).isEmpty();
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void thatNobodyAnswersIsAFailureAndNotThatThereIsNoSuchName() {
        dns.isAway = true;

        assertThatThrownBy(() -> addresses("peer.invalid"))
                .isInstanceOf(RemoteFailure.Unreachable.class)
                .hasMessageContaining("no DNS server answered for peer.invalid");
    }

    private List<String> addresses(String host) {
        return names.addresses(host).await().atMost(PATIENCE);
    }

    /// A DNS server that knows a few names.
    private static final class ScriptedDns implements Resolver {

        private final Map<String, List<String>> known = new LinkedHashMap<>();
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private boolean isAway;

        private void has(String host, String... addresses) {
            known.put(host + ".", List.of(addresses));
        }

        @Override
        public CompletionStage<Message> sendAsync(Message query, Executor executor) {
            return sendAsync(query);
        }

        @Override
        public CompletionStage<Message> sendAsync(Message query) {
            if (isAway) {
                return CompletableFuture.failedFuture(new IOException("timed out"));
            }
            Record question = query.getQuestion();
            String name = question.getName().toString();
            asked.add(name + " " + Type.string(question.getType()));
            var answer = new Message(query.getHeader().getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.addRecord(question, Section.QUESTION);
            if (!known.containsKey(name)) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            known.getOrDefault(name, List.of()).stream()
                    .map(address -> record(question.getName(), address))
                    .filter(record -> record.getType() == question.getType())
                    .forEach(record -> answer.addRecord(record, Section.ANSWER));
            return CompletableFuture.completedFuture(answer);
        }

        private static Record record(Name name, String address) {
            try {
                var ip = InetAddress.getByName(address);
                return ip.getAddress().length == 4
                        ? new ARecord(name, DClass.IN, 60, ip)
                        : new AAAARecord(name, DClass.IN, 60, ip);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void setPort(int port) {}

        @Override
        public void setTCP(boolean flag) {}

        @Override
        public void setIgnoreTruncation(boolean flag) {}

        @Override
        public void setEDNS(int version, int payload, int flags, List<EDNSOption> options) {}

        @Override
        public void setTSIGKey(TSIG key) {}

        @Override
        public void setTimeout(Duration timeout) {}
    }
}
