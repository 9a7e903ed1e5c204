package org.stratafed.server.engine.pdu.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

/// What a room's list says of a server, sentence by sentence.
///
/// See "Server Access Control Lists" in the server-server API.
class ServerAclTest {

    private static boolean allows(String list, String server) {
        return ServerAcl.of((JsonObject) JsonReader.read(list.replace('\'', '"').getBytes()))
                .allows(new ServerName(server));
    }

    @Test
    void allowsWhoIsOnTheListToBeAllowed() {
        assertThat(allows("{'allow':['*']}", "good.org")).isTrue();
        assertThat(allows("{'allow':['*.org','good.net']}", "good.net")).isTrue();
        assertThat(allows("{'allow':['*.org']}", "good.net")).isFalse();
    }

    @Test
    void deniesWhoIsOnBothLists() {
        assertThat(allows("{'allow':['*'],'deny':['evil.org']}", "evil.org")).isFalse();
        assertThat(allows("{'allow':['evil.org'],'deny':['*']}", "evil.org")).isFalse();
        assertThat(allows("{'allow':['*'],'deny':['evil.org']}", "good.org")).isTrue();
    }

    @Test
    void deniesEverybodyWhereNobodyIsAllowed() {
        assertThat(allows("{}", "good.org")).isFalse();
        assertThat(allows("{'allow':[]}", "good.org")).isFalse();
        assertThat(allows("{'allow':'*'}", "good.org")).isFalse();
        assertThat(allows("{'deny':['evil.org']}", "good.org")).isFalse();
    }

    @Test
    void leavesPortsOut() {
        assertThat(allows("{'allow':['*'],'deny':['evil.org']}", "evil.org:8448")).isFalse();
        assertThat(allows("{'allow':['good.org']}", "good.org:8448")).isTrue();
        assertThat(allows("{'allow':['good.org:8448']}", "good.org:8448")).isFalse();
        assertThat(allows("{'allow':['[::1]']}", "[::1]:8448")).isTrue();
    }

    @Test
    void hasNoRegardForCase() {
        assertThat(allows("{'allow':['*'],'deny':['*.EVIL.org']}", "a.evil.ORG")).isFalse();
    }

    @Test
    void allowsAddressesUnlessItSaysThatItDoesNot() {
        assertThat(allows("{'allow':['*']}", "1.2.3.4")).isTrue();
        assertThat(allows("{'allow':['*'],'allow_ip_literals':true}", "1.2.3.4:80")).isTrue();
        assertThat(allows("{'allow':['*'],'allow_ip_literals':'false'}", "1.2.3.4")).isTrue();
        assertThat(allows("{'allow':['*'],'allow_ip_literals':false}", "1.2.3.4:80")).isFalse();
        assertThat(allows("{'allow':['[*'],'allow_ip_literals':false}", "[2001:db8::1]")).isFalse();
        assertThat(allows("{'allow':['*'],'allow_ip_literals':false}", "1.2.3.400")).isTrue();
    }

    @Test
    void skipsEntriesThatAreNoPatterns() {
        assertThat(allows("{'allow':[1,null,['*'],'good.org']}", "good.org")).isTrue();
        assertThat(allows("{'allow':['*'],'deny':[1,null,'evil.org']}", "evil.org")).isFalse();
    }
}
