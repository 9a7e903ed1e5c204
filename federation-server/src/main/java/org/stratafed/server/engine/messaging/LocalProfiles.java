package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.Profiles;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.call.Eager;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.call.PeerFailures;
import org.stratafed.server.engine.messaging.membership.MemberContent;

/// The accounts here and their profiles. Profiles of others are asked for each time.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#profiles">Profiles</a>
final class LocalProfiles implements Profiles {

    static final int PROFILE_BYTES_MAX = 65_536;
    static final int FIELD_BYTES_MAX = 255;
    private static final int ROOMS_AT_ONCE_MAX = 32;

    private final ServerName local;
    private final Stores stores;
    private final PduLayer pdu;
    private final RemoteQueries queries;

    LocalProfiles(ServerName local, Stores stores, PduLayer pdu, RemoteQueries queries) {
        this.local = local;
        this.stores = stores;
        this.pdu = pdu;
        this.queries = queries;
    }

    @Override
    public Uni<Void> register(UserId user) {
        return Eager.call(
                () -> {
                    if (!isLocal(user)) {
                        throw new MatrixException(
                                MatrixErrorCode.INVALID_USERNAME, user + " is not of this server");
                    }
                    return stores.directory()
                            .addUser(user)
                            .invoke(LocalProfiles::requireNew)
                            .replaceWithVoid();
                });
    }

    private static void requireNew(boolean added) {
        if (!added) {
            throw new MatrixException(MatrixErrorCode.USER_IN_USE, "there is such an account");
        }
    }

    @Override
    public Uni<JsonObject> profile(UserId user) {
        return Eager.call(
                () ->
                        isLocal(user)
                                ? ofOurs(user)
                                : PeerFailures.answered(
                                        queries.profile(
                                                user.server(),
                                                new ProfileRequest(user, Optional.empty()))));
    }

    /// The profile of a user of this server; `M_NOT_FOUND` for one there isn't.
    Uni<JsonObject> ofOurs(UserId user) {
        return requireAccount(user).chain(() -> stores.directory().profile(user));
    }

    private Uni<Void> requireAccount(UserId user) {
        return stores.directory()
                .userExists(user)
                .invoke(
                        exists -> {
                            if (!exists || !isLocal(user)) {
                                throw MatrixException.notFound("there is no user " + user);
                            }
                        })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> setField(UserId user, String field, Optional<JsonValue> value) {
        return Eager.call(
                () -> {
                    check(field, value);
                    return ofOurs(user)
                            .map(profile -> changed(profile, field, value))
                            .chain(profile -> stores.directory().saveProfile(user, profile))
                            .chain(() -> putIntoRooms(user, field, value));
                });
    }

    private static void check(String field, Optional<JsonValue> value) {
        if (MemberContent.has(field)
                && value.filter(it -> !(it instanceof JsonString)).isPresent()) {
            throw MatrixException.invalidParam(field + " isn't a string");
        }
        if (field.getBytes(StandardCharsets.UTF_8).length > FIELD_BYTES_MAX) {
            throw new MatrixException(MatrixErrorCode.TOO_LARGE, "the field's name is too long");
        }
    }

    private static JsonObject changed(JsonObject profile, String field, Optional<JsonValue> value) {
        var changed =
                value.map(it -> profile.with(field, it)).orElseGet(() -> profile.without(field));
        if (CanonicalJson.encode(changed).length > PROFILE_BYTES_MAX) {
            throw new MatrixException(MatrixErrorCode.TOO_LARGE, "the profile gets too large");
        }
        return changed;
    }

    /// A room that doesn't let the user speak keeps the old name; that is no reason to fail.
    private Uni<Void> putIntoRooms(UserId user, String field, Optional<JsonValue> value) {
        if (!MemberContent.has(field)) {
            return Uni.createFrom().voidItem();
        }
        return stores.timeline()
                .memberships(user)
                .map(all -> drafts(user, all, field, value))
                .chain(drafts -> InBatches.of(drafts, ROOMS_AT_ONCE_MAX, this::submit))
                .replaceWithVoid();
    }

    private static List<EventDraft> drafts(
            UserId user, List<UserMembership> all, String field, Optional<JsonValue> value) {
        return all.stream()
                .filter(it -> it.membership().equals("join"))
                .filter(it -> !it.event().content().get(field).equals(value))
                .map(
                        it ->
                                EventDraft.state(
                                        it.room(),
                                        user,
                                        "m.room.member",
                                        user.value(),
                                        MemberContent.withField(
                                                it.event().content(), field, value)))
                .toList();
    }

    private Uni<Boolean> submit(EventDraft draft) {
        return pdu.submit(draft, Optional.empty())
                .replaceWith(true)
                .onFailure(MatrixException.class)
                .recoverWithItem(false);
    }

    private boolean isLocal(UserId user) {
        return user.server().equals(local);
    }
}
