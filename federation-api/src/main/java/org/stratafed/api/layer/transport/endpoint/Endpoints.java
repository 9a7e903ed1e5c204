package org.stratafed.api.layer.transport.endpoint;

import java.util.List;

/// The endpoints of the server-server API that this server has, both as one asked and as one
/// asking. What a server says about itself to anybody (its version, its keys) the transport layer
/// answers by itself.
public final class Endpoints {

    private static final List<Endpoint<?, ?>> ALL =
            List.of(
                    SendTransaction.ENDPOINT,
                    GetEventAuth.ENDPOINT,
                    Backfill.ENDPOINT,
                    GetMissingEvents.ENDPOINT,
                    GetState.ENDPOINT,
                    GetStateIds.ENDPOINT,
                    GetEvent.ENDPOINT,
                    TimestampToEvent.ENDPOINT,
                    MakeJoin.ENDPOINT,
                    SendJoin.ENDPOINT,
                    SendJoin.V1,
                    MakeKnock.ENDPOINT,
                    SendKnock.ENDPOINT,
                    Invite.V1,
                    Invite.ENDPOINT,
                    MakeLeave.ENDPOINT,
                    SendLeave.ENDPOINT,
                    SendLeave.V1,
                    ExchangeThirdPartyInvite.ENDPOINT,
                    PublicRoomsList.ENDPOINT,
                    PublicRoomsList.FILTERED,
                    Hierarchy.ENDPOINT,
                    QueryDirectory.ENDPOINT,
                    QueryProfile.ENDPOINT);

    private static final List<Endpoint<?, ?>> OPEN = List.of(OnBind.ENDPOINT, OnBind.POSTED);

    private Endpoints() {}

    /// Those of servers that prove who they are, in the order of the specification.
    public static List<Endpoint<?, ?>> all() {
        return ALL;
    }

    /// Those that anybody may ask.
    public static List<Endpoint<?, ?>> open() {
        return OPEN;
    }
}
