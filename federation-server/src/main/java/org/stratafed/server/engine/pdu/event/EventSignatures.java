package org.stratafed.server.engine.pdu.event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// Whether the servers that have to sign an event did: the second of the checks on receipt.
///
/// Of each such server, all signatures by keys that are known and were good at the time must be
/// right, and there must be one. Others say nothing either way.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Validating hashes and signatures on received events</a>
public final class EventSignatures {

    /// Under this name a policy server signs what it lets pass. Its key is in the room's state and
    /// isn't published as others are, so here its signature says nothing.
    public static final KeyId POLICY_SERVER_KEY = new KeyId("ed25519:policy_server");

    private EventSignatures() {}

    /// The keys that the check is going to ask for.
    public static List<WantedKey> wanted(RoomVersionRules rules, Pdu pdu) {
        var wanted = new ArrayList<WantedKey>();
        for (ServerName server : RequiredSigners.of(rules, pdu).orElseGet(LinkedHashSet::new)) {
            wanted.addAll(wantedOf(rules, pdu, server));
        }
        return List.copyOf(wanted);
    }

    /// Those of one server, whether or not it had to sign.
    public static List<WantedKey> wantedOf(RoomVersionRules rules, Pdu pdu, ServerName server) {
        long validUntilTs = rules.keyValidityEnforced() ? pdu.originServerTs() : 0;
        return keyIds(pdu, server).stream()
                .map(id -> new WantedKey(server, id, validUntilTs))
                .toList();
    }

    /// Why the event isn't signed as it has to be, or empty if it is.
    public static Optional<String> check(
            RoomVersionRules rules, Pdu pdu, KeyBook keys, Signatures signatures) {
        Optional<SequencedSet<ServerName>> signers = RequiredSigners.of(rules, pdu);
        if (signers.isEmpty()) {
            return Optional.of("it has to be signed by somebody who is no server");
        }
        byte[] covered = SignedPart.bytes(rules, pdu.json());
        return signers.get().stream()
                .flatMap(
                        server ->
                                wrong(
                                        pdu,
                                        server,
                                        usable(rules, pdu, server, keys),
                                        covered,
                                        signatures)
                                        .stream())
                .findFirst();
    }

    /// Why the event isn't signed by this server, or empty if it is.
    public static Optional<String> checkOf(
            RoomVersionRules rules,
            Pdu pdu,
            ServerName server,
            KeyBook keys,
            Signatures signatures) {
        byte[] covered = SignedPart.bytes(rules, pdu.json());
        return wrong(pdu, server, usable(rules, pdu, server, keys), covered, signatures);
    }

    /// Whether the server signed the event with this key, wherever that is from.
    public static boolean isSigned(
            RoomVersionRules rules,
            Pdu pdu,
            ServerName server,
            VerifyKey key,
            Signatures signatures) {
        return JsonSigning.signature(pdu.json(), server, key.id()).isPresent()
                && isSigned(pdu, server, key, SignedPart.bytes(rules, pdu.json()), signatures);
    }

    private static Optional<String> wrong(
            Pdu pdu,
            ServerName server,
            List<VerifyKey> usable,
            byte[] covered,
            Signatures signatures) {
        if (usable.isEmpty()) {
            return Optional.of("not signed by " + server + " with a key that proves it");
        }
        for (VerifyKey key : usable) {
            if (!isSigned(pdu, server, key, covered, signatures)) {
                return Optional.of("wrong signature by " + server + " with " + key.id());
            }
        }
        return Optional.empty();
    }

    private static List<VerifyKey> usable(
            RoomVersionRules rules, Pdu pdu, ServerName server, KeyBook keys) {
        return keyIds(pdu, server).stream()
                .flatMap(id -> keys.key(server, id).stream())
                .filter(key -> key.provesEvent(rules, pdu.originServerTs()))
                .map(ServerKey::key)
                .toList();
    }

    private static boolean isSigned(
            Pdu pdu, ServerName server, VerifyKey key, byte[] covered, Signatures signatures) {
        return JsonSigning.signature(pdu.json(), server, key.id())
                .filter(signature -> signatures.verify(key, covered, signature))
                .isPresent();
    }

    private static List<KeyId> keyIds(Pdu pdu, ServerName server) {
        return pdu.json()
                .object("signatures")
                .flatMap(all -> all.object(server.value()))
                .map(ofServer -> ofServer.keys().stream())
                .orElseGet(Stream::empty)
                .flatMap(id -> KeyId.parse(id).stream())
                .filter(id -> id.isEd25519() && !id.equals(POLICY_SERVER_KEY))
                .toList();
    }
}
