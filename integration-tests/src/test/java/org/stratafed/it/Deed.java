package org.stratafed.it;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.it.Meeting.Software;

/// Something that people of two servers do together in a room, and after which both servers have to
/// agree.
///
/// @param name what the tables call it
/// @param possible whether one can do it there
/// @param doing does it, and fails where the servers don't do as they should
record Deed(String name, Predicate<Meeting> possible, Consumer<Meeting> doing) {

    /// What needs the whole network, and so is done with all rooms at once.
    static final String SPLIT = "split";

    static final List<Deed> ALL =
            List.of(
                    of("join", _ -> true, RoomDeeds::join),
                    of("state", _ -> true, RoomDeeds::state),
                    of("redaction", _ -> true, RoomDeeds::redaction),
                    of("invite", _ -> true, MembershipDeeds::invite),
                    of("third_party", _ -> true, MembershipDeeds::thirdParty),
                    of("moderation", _ -> true, MembershipDeeds::moderation),
                    of("knock", RoomVersionRules::knocking, MembershipDeeds::knock),
                    // Synapse forgets a knock that its user takes back, and tells nobody.
                    new Deed(
                            "retraction",
                            it -> it.rules().knocking() && it.away() == Software.STRATA,
                            MembershipDeeds::retraction),
                    of(
                            "restricted",
                            RoomVersionRules::restrictedJoins,
                            MembershipDeeds::restricted),
                    of(
                            "knock_restricted",
                            RoomVersionRules::knockRestricted,
                            MembershipDeeds::knockRestricted),
                    of("upgrade", _ -> true, RoomDeeds::upgrade),
                    of("acl", _ -> true, RoomDeeds::acl));

    /// In the order of the tables.
    static final List<String> NAMES =
            Stream.concat(ALL.stream().map(Deed::name), Stream.of(SPLIT)).toList();

    private static Deed of(
            String name, Predicate<RoomVersionRules> exists, Consumer<Meeting> doing) {
        return new Deed(name, meeting -> exists.test(meeting.rules()), doing);
    }
}
