package org.stratafed.api.layer.transport.endpoint;

import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;

/// Asks a resident server for the template of a knock.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#knocking-upon-a-room">Knocking
///     upon a room</a>
public final class MakeKnock {

    private static final int ANSWER_BYTES_MAX = 8 * 65_536;

    public static final Endpoint<MembershipRequest, MembershipTemplate> ENDPOINT =
            new Endpoint<>(
                    "make_knock",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/make_knock/{roomId}/{userId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new VersionedMembershipQuestion(true),
                    new MembershipTemplateCodec());

    private MakeKnock() {}
}
