package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.Rooms;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.messaging.call.Eager;
import org.stratafed.server.engine.messaging.call.PeerFailures;

/// Speaking in rooms, as a local user. Whether the room lets them is the PDU layer's to say.
final class LocalRooms implements Rooms {

    private static final String REDACTION = "m.room.redaction";

    private final PduLayer pdu;
    private final RoomOpening opening;
    private final CanonicalAliases aliases;

    LocalRooms(PduLayer pdu, RoomOpening opening, CanonicalAliases aliases) {
        this.pdu = pdu;
        this.opening = opening;
        this.aliases = aliases;
    }

    @Override
    public Uni<RoomId> create(UserId creator, RoomCreationRequest request) {
        return Eager.call(() -> opening.open(creator, request));
    }

    /// A redaction may be sent like any other message, with its target in the content.
    @Override
    public Uni<EventId> send(
            RoomId room,
            UserId sender,
            String type,
            JsonObject content,
            Optional<ClientTransaction> transaction) {
        return Eager.call(
                () ->
                        type.equals(REDACTION)
                                ? redact(room, sender, content, transaction)
                                : pdu.submit(
                                        EventDraft.message(room, sender, type, content),
                                        transaction));
    }

    private Uni<EventId> redact(
            RoomId room,
            UserId sender,
            JsonObject content,
            Optional<ClientTransaction> transaction) {
        var target =
                content.string("redacts")
                        .flatMap(EventId::parse)
                        .orElseThrow(() -> MatrixException.badJson("a redaction names its target"));
        return pdu.submit(
                EventDraft.redaction(room, sender, target, content.without("redacts")),
                transaction);
    }

    @Override
    public Uni<EventId> setState(
            RoomId room, UserId sender, String type, String stateKey, JsonObject content) {
        return Eager.call(
                () ->
                        switch (type) {
                            case "m.room.member" -> setMember(room, sender, stateKey, content);
                            case "m.room.canonical_alias" ->
                                    aliases.check(room, content)
                                            .chain(
                                                    () ->
                                                            set(
                                                                    room, sender, type, stateKey,
                                                                    content));
                            default -> set(room, sender, type, stateKey, content);
                        });
    }

    private Uni<EventId> set(
            RoomId room, UserId sender, String type, String stateKey, JsonObject content) {
        return pdu.submit(
                EventDraft.state(room, sender, type, stateKey, content), Optional.empty());
    }

    /// An invite concerns another server too, however it is made.
    private Uni<EventId> setMember(
            RoomId room, UserId sender, String stateKey, JsonObject content) {
        var target =
                UserId.parse(stateKey)
                        .orElseThrow(() -> MatrixException.invalidParam(stateKey + " is no user"));
        return content.string("membership").equals(Optional.of("invite"))
                ? PeerFailures.answered(pdu.invite(room, sender, target, content))
                : set(room, sender, "m.room.member", stateKey, content);
    }

    @Override
    public Uni<EventId> redact(
            RoomId room,
            UserId sender,
            EventId target,
            Optional<String> reason,
            Optional<ClientTransaction> transaction) {
        return Eager.call(
                () -> {
                    var content = JsonObject.builder();
                    reason.ifPresent(it -> content.put("reason", it));
                    return pdu.submit(
                            EventDraft.redaction(room, sender, target, content.build()),
                            transaction);
                });
    }
}
