package org.stratafed.server.engine.transport.auth;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.WireRequest;

/// Finds out whether a request comes from whom it says. Whatever is wrong is `M_UNAUTHORIZED`.
///
/// A request may have several headers, one for each of the sender's keys: one that proves it is
/// enough, and those that can't be read don't count.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#request-authentication">Request
///     authentication</a>
public final class RequestAuthenticator {

    /// Of one request. Each may cost a key and the check of a signature.
    private static final int CREDENTIALS_MAX = 5;

    private final ServerName self;
    private final KeyRing keyRing;
    private final Signatures signatures;
    private final InstantSource clock;

    public RequestAuthenticator(
            ServerName self, KeyRing keyRing, Signatures signatures, InstantSource clock) {
        this.self = self;
        this.keyRing = keyRing;
        this.signatures = signatures;
        this.clock = clock;
    }

    /// Reads the credentials and gathers the keys they name.
    public Uni<Claim> claim(WireRequest request) {
        var credentials = credentials(request);
        var origin = credentials.getFirst().origin();
        return keyRing.gather(wanted(credentials))
                .map(keys -> new Claim(origin, credentials, keys));
    }

    /// Whether the claim is true of this request. Labour, and pure but for the time.
    ///
    /// @param content the body as parsed, with its numbers as they were written
    public void prove(Claim claim, WireRequest request, Optional<JsonObject> content) {
        var signed =
                new SignedRequest(
                        request.method(), request.target(), claim.origin(), self, content);
        var message = canonical(signed);
        var now = clock.millis();
        for (XMatrix credentials : claim.credentials()) {
            var key = claim.keys().key(credentials.origin(), credentials.key());
            if (key.isPresent()
                    && key.get().provesRequest(now)
                    && signatures.verify(key.get().key(), message, credentials.signature())) {
                return;
            }
        }
        throw MatrixException.unauthorized(refusal(claim));
    }

    private List<XMatrix> credentials(WireRequest request) {
        var read = new ArrayList<XMatrix>();
        var isAnyThere = false;
        for (String header : request.headerValues("Authorization")) {
            isAnyThere |= XMatrix.isScheme(header);
            XMatrix.parse(header).ifPresent(read::add);
        }
        if (read.isEmpty()) {
            throw MatrixException.unauthorized(
                    isAnyThere ? "malformed X-Matrix credentials" : "no X-Matrix credentials");
        }
        if (read.size() > CREDENTIALS_MAX) {
            throw MatrixException.unauthorized("too many credentials");
        }
        var origin = read.getFirst().origin();
        for (XMatrix credentials : read) {
            if (!credentials.origin().equals(origin)) {
                throw MatrixException.unauthorized("credentials of different servers");
            }
            if (!credentials.destination().orElse(self).equals(self)) {
                throw MatrixException.unauthorized("this is " + self + ", not the destination");
            }
        }
        return List.copyOf(read);
    }

    private List<WantedKey> wanted(List<XMatrix> credentials) {
        var validUntil = clock.millis() + 1;
        return credentials.stream()
                .filter(it -> it.key().isEd25519())
                .map(it -> new WantedKey(it.origin(), it.key(), validUntil))
                .toList();
    }

    private static byte[] canonical(SignedRequest request) {
        try {
            return CanonicalJson.encodeKeepingNumbers(request.json());
        } catch (IllegalArgumentException _) {
            throw MatrixException.badJson("the body has a string that is not Unicode text");
        }
    }

    private static String refusal(Claim claim) {
        var isAnyKnown =
                claim.credentials().stream()
                        .anyMatch(it -> claim.keys().key(it.origin(), it.key()).isPresent());
        return isAnyKnown
                ? "the signature is not one of " + claim.origin() + "'s valid keys"
                : "no key of " + claim.origin() + " with this id could be found";
    }
}
