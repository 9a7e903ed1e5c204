package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Joins of rooms with conditions that name a user of ours as the one who vouches: signed by this
/// server if the conditions are fulfilled, and nothing else of them changed.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms">Restricted
///     rooms</a>
public final class VouchedJoins {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final JoinConditions conditions;

    public VouchedJoins(
            HomeserverEnvironment environment, LocalServer server, JoinConditions conditions) {
        this.environment = environment;
        this.server = server;
        this.conditions = conditions;
    }

    /// The join with our signature. Empty for one that has nothing to do with our users, or is no
    /// event: it goes on as it is. Fails as [JoinConditions#voucher] does.
    Uni<Optional<SignedMembership>> sign(
            ServerName origin, RoomVersionRules rules, SignedMembership join) {
        return isVouchedForByUs(rules, join.pdu())
                ? environment
                        .compute()
                        .run(() -> EventParser.parse(rules, join.pdu()))
                        .chain(parsed -> sign(origin, rules, join, parsed))
                : Uni.createFrom().item(Optional.empty());
    }

    private boolean isVouchedForByUs(RoomVersionRules rules, RawPdu join) {
        return rules.restrictedJoins()
                && join.json()
                        .object("content")
                        .flatMap(content -> content.string(Vouching.AUTHORISED_VIA))
                        .flatMap(UserId::parse)
                        .filter(user -> user.server().equals(server.name()))
                        .isPresent();
    }

    private Uni<Optional<SignedMembership>> sign(
            ServerName origin, RoomVersionRules rules, SignedMembership join, ParsedPdu parsed) {
        return switch (parsed) {
            case ParsedPdu.NotAnEvent _ -> Uni.createFrom().item(Optional.empty());
            case ParsedPdu.Parsed(var pdu) -> {
                ResidentHandshake.mustBe(pdu, join, origin, "join");
                yield conditions
                        .voucher(join.room(), pdu.sender())
                        .chain(_ -> environment.compute().run(() -> signed(rules, pdu)))
                        .map(it -> new SignedMembership(join.room(), join.event(), it))
                        .map(Optional::of);
            }
        };
    }

    private RawPdu signed(RoomVersionRules rules, Pdu join) {
        return new RawPdu(
                EventSigner.addSignature(
                        rules, join.json(), server.name(), server.key(), environment.signatures()));
    }
}
