package org.stratafed.server.engine.transport.identity;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.layer.transport.IdentityKeys;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.discovery.Addresses;
import org.stratafed.server.engine.transport.discovery.HttpsUrl;
import org.stratafed.server.engine.transport.wire.Attempts;
import org.stratafed.server.engine.transport.wire.BoundedBody;
import org.stratafed.server.engine.transport.wire.Deadline;
import org.stratafed.server.engine.transport.wire.Eager;

/// Asks identity servers whether their keys are still good, at the URL that an invitation names.
///
/// Whoever may invite says what is asked where. So it goes over TLS only, to addresses that other
/// servers may be at too, follows no redirects, and is over soon; and the answer is a yes or no.
public final class AskedIdentityKeys implements IdentityKeys {

    static final int URL_CHARS_MAX = 2_048;
    static final int ANSWERS_KEPT_MAX = 1_000;

    /// Questions at one time. What comes beyond these isn't asked.
    static final int UNDER_WAY_MAX = 20;

    /// How long an answer is good for. One that didn't come is worth another try soon.
    static final Duration LIFETIME = Duration.ofMinutes(5);

    static final Duration LIFETIME_OF_SILENCE = Duration.ofSeconds(30);

    private static final int HTTPS_PORT = 443;
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    private final Wire wire;
    private final Addresses addresses;
    private final InstantSource clock;
    private final SequencedMap<Question, Known> known = new LinkedHashMap<>();
    private final SequencedMap<Question, Uni<Validity>> underWay = new LinkedHashMap<>();

    public AskedIdentityKeys(Wire wire, Addresses addresses, InstantSource clock) {
        this.wire = wire;
        this.addresses = addresses;
        this.clock = clock;
    }

    private record Question(String url, String publicKey) {}

    private record Known(Validity validity, Instant until) {}

    @Override
    public Uni<Validity> validity(String url, String publicKey) {
        var question = new Question(url, publicKey);
        var answer = known.get(question);
        if (answer != null && clock.instant().isBefore(answer.until())) {
            return Uni.createFrom().item(answer.validity());
        }
        var asked = underWay.get(question);
        if (asked != null) {
            return asked;
        }
        return underWay.size() >= UNDER_WAY_MAX ? unknown() : ask(question);
    }

    private Uni<Validity> ask(Question question) {
        var asking =
                Eager.start(
                        fetch(question)
                                .onFailure(RemoteFailure.class)
                                .recoverWithItem(Validity.UNKNOWN)
                                .invoke(validity -> keep(question, validity))
                                .onTermination()
                                .invoke(() -> underWay.remove(question)));
        if (!isKept(question)) {
            underWay.put(question, asking);
        }
        return asking;
    }

    private boolean isKept(Question question) {
        var answer = known.get(question);
        return answer != null && clock.instant().isBefore(answer.until());
    }

    private void keep(Question question, Validity validity) {
        var lifetime = validity == Validity.UNKNOWN ? LIFETIME_OF_SILENCE : LIFETIME;
        known.putLast(question, new Known(validity, clock.instant().plus(lifetime)));
        if (known.size() > ANSWERS_KEPT_MAX) {
            known.pollFirstEntry();
        }
    }

    private Uni<Validity> fetch(Question question) {
        var url =
                question.url().length() > URL_CHARS_MAX
                        ? Optional.<HttpsUrl>empty()
                        : HttpsUrl.parse(question.url());
        if (url.isEmpty()) {
            return unknown();
        }
        var request =
                new WireRequest(
                        "GET",
                        target(url.get(), question.publicKey()),
                        List.of(new WireHeader("Accept", "application/json")),
                        WireRequest.NO_BODY);
        var deadline = Deadline.in(clock, TIME_MAX);
        var attempts = new Attempts(wire, request, REQUEST_TIMEOUT, deadline);
        return addresses
                .of(url.get().authority(), HTTPS_PORT)
                .flatMap(attempts::over)
                .flatMap(response -> understood(response, deadline));
    }

    private static String target(HttpsUrl url, String publicKey) {
        return url.target()
                + (url.target().contains("?") ? "&" : "?")
                + "public_key="
                + PercentCoding.encode(publicKey);
    }

    private static Uni<Validity> understood(WireResponse response, Deadline deadline) {
        if (response.status() != 200) {
            response.body().discard();
            return unknown();
        }
        return BoundedBody.read(response.body(), BODY_BYTES_MAX, deadline)
                .map(AskedIdentityKeys::validity);
    }

    private static Validity validity(byte[] body) {
        try {
            return JsonReader.readObject(body)
                    .bool("valid")
                    .map(isValid -> isValid ? Validity.VALID : Validity.REVOKED)
                    .orElse(Validity.UNKNOWN);
        } catch (MalformedJsonException _) {
            return Validity.UNKNOWN;
        }
    }

    private static Uni<Validity> unknown() {
        return Uni.createFrom().item(Validity.UNKNOWN);
    }
}
