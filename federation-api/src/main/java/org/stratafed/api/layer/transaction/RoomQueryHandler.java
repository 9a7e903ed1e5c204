package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// Questions of another server about rooms, which the PDU layer answers. `origin` is the
/// authenticated asker; every answer respects what it may see. Fails with a
/// [org.stratafed.api.model.error.MatrixException] for an answer that is a Matrix error.
public interface RoomQueryHandler {

    Uni<RawPdu> onEvent(ServerName origin, EventId event);

    Uni<StateEvents> onState(ServerName origin, EventInRoom event);

    Uni<StateIds> onStateIds(ServerName origin, EventInRoom event);

    Uni<List<RawPdu>> onEventAuth(ServerName origin, EventInRoom event);

    Uni<List<RawPdu>> onBackfill(ServerName origin, BackfillRequest request);

    Uni<List<RawPdu>> onMissingEvents(ServerName origin, MissingEventsRequest request);

    /// `M_NOT_FOUND` when there is none that the asker may know of.
    Uni<EventAtTime> onTimestampToEvent(ServerName origin, TimestampRequest request);

    Uni<MembershipTemplate> onMakeJoin(ServerName origin, MembershipRequest request);

    Uni<SendJoinAnswer> onSendJoin(ServerName origin, SendJoinRequest request);

    Uni<MembershipTemplate> onMakeKnock(ServerName origin, MembershipRequest request);

    /// Answers with events that tell of the room.
    Uni<List<JsonObject>> onSendKnock(ServerName origin, SignedMembership knock);

    Uni<MembershipTemplate> onMakeLeave(ServerName origin, MembershipRequest request);

    Uni<Void> onSendLeave(ServerName origin, SignedMembership leave);

    /// Completes when who redeems the invitation is invited.
    Uni<Void> onExchangeThirdPartyInvite(ServerName origin, InvitationRedeemed redeemed);

    /// An address turned out to be a user of ours. Nobody has proved to say so, but what is said
    /// may prove itself. Completes when its invitations are dealt with, well or not.
    Uni<Void> onAddressBound(AddressBound bound);

    /// Answers with the event, our signature added and nothing else changed.
    Uni<RawPdu> onInvite(ServerName origin, InviteRequest request);
}
