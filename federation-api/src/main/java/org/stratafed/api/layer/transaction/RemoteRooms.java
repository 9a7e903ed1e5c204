package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// What can be asked of another server about a room. Every answer is unchecked; every `Uni` fails
/// with a [org.stratafed.api.model.error.RemoteFailure] only.
public interface RemoteRooms {

    /// Empty when the server says it has no such event.
    Uni<Optional<RawPdu>> event(ServerName server, EventId event);

    Uni<StateIds> stateIds(ServerName server, EventInRoom event);

    Uni<StateEvents> state(ServerName server, EventInRoom event);

    Uni<List<RawPdu>> eventAuth(ServerName server, EventInRoom event);

    Uni<List<RawPdu>> backfill(ServerName server, BackfillRequest request);

    Uni<List<RawPdu>> missingEvents(ServerName server, MissingEventsRequest request);

    /// Empty when the server says that it has no such event.
    Uni<Optional<EventAtTime>> timestampToEvent(ServerName server, TimestampRequest request);

    Uni<MembershipTemplate> makeJoin(ServerName server, MembershipRequest request);

    /// Completes when the answer begins; what comes of it later can still fail.
    Uni<RoomStream> sendJoin(ServerName server, SignedMembership join);

    Uni<MembershipTemplate> makeKnock(ServerName server, MembershipRequest request);

    /// Answers with what the server tells of the room.
    Uni<List<JsonObject>> sendKnock(ServerName server, SignedMembership knock);

    Uni<MembershipTemplate> makeLeave(ServerName server, MembershipRequest request);

    Uni<Void> sendLeave(ServerName server, SignedMembership leave);

    /// Has the server invite who redeems an invitation of one of its users.
    Uni<Void> exchangeThirdPartyInvite(ServerName server, InvitationRedeemed redeemed);

    /// Answers with the event as the invited user's server signed it.
    Uni<RawPdu> invite(ServerName server, InviteRequest request);

    /// Asks a room's policy server to sign the event. Answers with the signatures that it made, by
    /// server and key.
    Uni<JsonObject> sign(ServerName policyServer, RawPdu event);
}
