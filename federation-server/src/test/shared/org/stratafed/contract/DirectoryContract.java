package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.UntoldLeave;

/// What every store does with what is known beside rooms: keys, aliases, users, profiles.
public abstract class DirectoryContract extends StoreContract {

    private static final UserId ALICE = new UserId("@alice:local.example");
    private static final UserId BOB = new UserId("@bob:local.example");
    private static final RoomAlias HALL = new RoomAlias("#hall:local.example");
    private static final RoomAlias PORCH = new RoomAlias("#porch:local.example");
    private static final RoomId LOBBY = new RoomId("!lobby:local.example");
    private static final RoomId ATTIC = new RoomId("!attic:local.example");
    private static final RoomId CELLAR = new RoomId("!cellar:local.example");
    private static final ServerName REMOTE = new ServerName("remote.example");

    @Test
    void anAliasBelongsToWhoeverTookItFirstUntilItIsRemoved() {
        assertThat(await(directory().addAlias(HALL, LOBBY, ALICE))).isTrue();
        assertThat(await(directory().addAlias(HALL, ATTIC, BOB))).isFalse();
        assertThat(await(directory().addAlias(PORCH, LOBBY, BOB))).isTrue();

        restart();
        assertThat(await(directory().alias(HALL))).contains(LOBBY);
        assertThat(await(directory().aliasCreator(HALL))).contains(ALICE);
        assertThat(await(directory().aliases(LOBBY))).containsExactlyInAnyOrder(HALL, PORCH);
        assertThat(await(directory().removeAlias(HALL))).isTrue();
        assertThat(await(directory().removeAlias(HALL))).isFalse();
        assertThat(await(directory().alias(HALL))).isEmpty();
        assertThat(await(directory().aliasCreator(HALL))).isEmpty();
        assertThat(await(directory().aliases(LOBBY))).containsExactly(PORCH);
    }

    @Test
    void publishedRoomsAreListedInTheOrderTheyWerePublishedIn() {
        assertThat(await(directory().published(0, false, 10))).isEmpty();
        await(directory().publish(LOBBY, true));
        await(directory().publish(ATTIC, true));
        await(directory().publish(CELLAR, true));
        await(directory().publish(LOBBY, true));
        restart();
        var all = await(directory().published(0, false, 10));
        assertThat(all.values()).containsExactly(LOBBY, ATTIC, CELLAR);
        assertThat(await(directory().publishedCount())).isEqualTo(3);
        assertThat(await(directory().isPublished(ATTIC))).isTrue();

        long attic = List.copyOf(all.keySet()).get(1);
        assertThat(await(directory().published(attic, false, 10)).values())
                .containsExactly(CELLAR);
        assertThat(await(directory().published(attic, true, 10)).values()).containsExactly(LOBBY);
        assertThat(await(directory().published(Long.MAX_VALUE, true, 2)).values())
                .containsExactly(CELLAR, ATTIC);
        assertThat(await(directory().published(0, false, 1)).values()).containsExactly(LOBBY);
    }

    /// Otherwise somebody who pages on from there would never see the new one.
    @Test
    void aRoomThatIsPublishedAgainComesLastUnderANewNumber() {
        await(directory().publish(LOBBY, true));
        await(directory().publish(ATTIC, true));
        long last = await(directory().published(0, false, 10)).lastEntry().getKey();
        await(directory().publish(ATTIC, false));
        assertThat(await(directory().isPublished(ATTIC))).isFalse();
        assertThat(await(directory().publishedCount())).isEqualTo(1);
        restart();
        await(directory().publish(ATTIC, true));
        assertThat(await(directory().published(last, false, 10)).values()).containsExactly(ATTIC);
        await(directory().publish(CELLAR, false));
        assertThat(await(directory().isPublished(CELLAR))).isFalse();
    }

    @Test
    void leavesThatAreToBeToldComeInTheOrderThatTheyAreDue() {
        assertThat(await(directory().untold(10))).isEmpty();
        var alices = untold(ALICE, LOBBY, 20);
        var bobs = untold(BOB, LOBBY, 10);
        var other = untold(ALICE, ATTIC, 15);
        for (var leave : List.of(alices, bobs, other)) {
            await(directory().saveUntold(leave));
        }
        restart();
        assertThat(await(directory().untold(10))).containsExactly(bobs, other, alices);
        assertThat(await(directory().untold(2))).containsExactly(bobs, other);

        var later = bobs.later(List.of(), 30);
        assertThat(later.tries()).isEqualTo(4);
        await(directory().saveUntold(later));
        assertThat(await(directory().untold(10))).containsExactly(other, alices, later);
        await(directory().removeUntold(ALICE, ATTIC));
        await(directory().removeUntold(BOB, ATTIC));
        restart();
        assertThat(await(directory().untold(10))).containsExactly(alices, later);
    }

    private static UntoldLeave untold(UserId user, RoomId room, long due) {
        return new UntoldLeave(
                user,
                room,
                new RoomVersion("11"),
                List.of(REMOTE, new ServerName("[::1]:8448")),
                profile("\uD83D\uDC4B"),
                3,
                due);
    }

    @Test
    void aUserExistsOnceAdded() {
        assertThat(await(directory().userExists(ALICE))).isFalse();
        assertThat(await(directory().addUser(ALICE))).isTrue();
        assertThat(await(directory().addUser(ALICE))).isFalse();
        restart();
        assertThat(await(directory().userExists(ALICE))).isTrue();
        assertThat(await(directory().userExists(BOB))).isFalse();
    }

    @Test
    void aProfileIsTheLastOneSaved() {
        assertThat(await(directory().profile(ALICE))).isEqualTo(JsonObject.empty());
        await(directory().saveProfile(ALICE, profile("Alice")));
        await(directory().saveProfile(ALICE, profile("Alice \uD83D\uDC4B")));
        restart();
        assertThat(await(directory().profile(ALICE))).isEqualTo(profile("Alice \uD83D\uDC4B"));
        assertThat(await(directory().profile(BOB))).isEqualTo(JsonObject.empty());
    }

    @Test
    void whatAUserForgotIsForgottenUpToTheLastPositionTheyNamed() {
        assertThat(await(directory().forgotten(ALICE))).isEmpty();
        await(directory().forget(ALICE, LOBBY, 7));
        await(directory().forget(ALICE, ATTIC, 8));
        await(directory().forget(ALICE, LOBBY, 9));
        restart();
        assertThat(await(directory().forgotten(ALICE)))
                .containsOnly(Map.entry(LOBBY, 9L), Map.entry(ATTIC, 8L));
        assertThat(await(directory().forgotten(BOB))).isEmpty();
    }

    @Test
    void keysAreRememberedAndWhatIsKnownOfThemWidens() {
        await(keys().save(REMOTE, List.of(key("ed25519:a", 1, 100), key("ed25519:b", 2, 200))));
        await(keys().save(REMOTE, List.of(key("ed25519:a", 1, 300), key("ed25519:b", 2, 150))));
        restart();
        assertThat(await(keys().keys(REMOTE)))
                .containsExactlyInAnyOrder(key("ed25519:a", 1, 300), key("ed25519:b", 2, 200));
        assertThat(await(keys().keys(new ServerName("other.example")))).isEmpty();
    }

    @Test
    void aKeyOutOfUseStaysSo() {
        var expired = new ServerKey(key("ed25519:a", 1, 0).key(), 0, OptionalLong.of(50));
        await(keys().save(REMOTE, List.of(expired)));
        await(keys().save(REMOTE, List.of(key("ed25519:a", 1, 300))));
        assertThat(await(keys().keys(REMOTE)).getFirst().expiredTs())
                .isEqualTo(OptionalLong.of(50));
    }

    /// Nobody should, but a server that lost its key may. The one relied on longest comes last.
    @Test
    void aKeyIsNotForgottenWhenAnotherTakesItsName() {
        await(keys().save(REMOTE, List.of(key("ed25519:a", 1, 100))));
        await(keys().save(REMOTE, List.of(key("ed25519:a", 2, 900))));
        assertThat(await(keys().keys(REMOTE)))
                .containsExactly(key("ed25519:a", 1, 100), key("ed25519:a", 2, 900));
    }

    @Test
    void whatAServerSaidLastOfItsKeysIsKeptAsItSignedIt() {
        assertThat(await(keys().signedKeys(REMOTE))).isEmpty();
        var earlier = new SignedKeys(profile("earlier"), 10);
        var later = new SignedKeys(profile("later").with("n", JsonNumber.of(1L << 60)), 20);
        await(keys().saveSigned(REMOTE, earlier));
        assertThat(await(keys().signedKeys(REMOTE))).hasValue(earlier);
        await(keys().saveSigned(REMOTE, later));
        assertThat(await(keys().signedKeys(REMOTE))).hasValue(later);
    }

    private static JsonObject profile(String name) {
        return JsonObject.builder().put("displayname", name).build();
    }

    private static ServerKey key(String id, int fill, long validUntilTs) {
        var bytes = new byte[VerifyKey.KEY_BYTES];
        Arrays.fill(bytes, (byte) fill);
        return new ServerKey(
                new VerifyKey(new KeyId(id), bytes), validUntilTs, OptionalLong.empty());
    }
}
