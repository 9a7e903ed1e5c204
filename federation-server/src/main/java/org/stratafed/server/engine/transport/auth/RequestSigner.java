package org.stratafed.server.engine.transport.auth;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;

/// Makes requests that prove who sends them. Pure.
public final class RequestSigner {

    private final ServerName origin;
    private final SigningKey key;
    private final Signatures signatures;

    public RequestSigner(ServerName origin, SigningKey key, Signatures signatures) {
        this.origin = origin;
        this.key = key;
        this.signatures = signatures;
    }

    /// The request as it goes over the wire. Its body is canonical, numbers included, so that a
    /// peer which reads those as what they are worth comes to the bytes that were signed.
    ///
    /// @param target path and query, encoded
    public WireRequest signed(
            String method, String target, ServerName destination, Optional<JsonObject> content) {
        var request = new SignedRequest(method, target, origin, destination, content);
        var signature = signatures.sign(key, CanonicalJson.encode(request.json()));
        var credentials = new XMatrix(origin, Optional.of(destination), key.id(), signature);
        var authorization = new WireHeader("Authorization", credentials.format());
        return content.map(
                        body ->
                                new WireRequest(
                                        method,
                                        target,
                                        List.of(
                                                authorization,
                                                new WireHeader("Content-Type", "application/json")),
                                        CanonicalJson.encode(body)))
                .orElseGet(
                        () ->
                                new WireRequest(
                                        method,
                                        target,
                                        List.of(authorization),
                                        WireRequest.NO_BODY));
    }
}
