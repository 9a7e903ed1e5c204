package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;

/// Whether keys of identity servers, which came with the invitation of an address, are still good.
/// Only the server that completes an invitation asks that, so that all others agree about it.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroomthird_party_invite">
///     `m.room.third_party_invite`</a>
public interface IdentityKeys {

    /// What is to be had at that URL about the key. Never fails. Answers are remembered for a
    /// while.
    ///
    /// @param publicKey as it is written in the invitation
    Uni<Validity> validity(String url, String publicKey);

    /// An answer.
    enum Validity {
        VALID,

        /// Its owner says that it isn't valid.
        REVOKED,

        /// Nobody answered, or nothing that can be understood.
        UNKNOWN
    }
}
