package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.it.Meeting.Software;
import org.stratafed.it.SynapseAndStrata.Peers;
import org.stratafed.it.peer.MatrixClient;

/// What people of Strata and of a real Synapse do together, in rooms of every version and of either
/// server, ends in the same state on both.
///
/// Which versions: the system property `strata.interop.versions`, with commas between, or `all`.
/// Unless it is set, those in which something changed that others see.
@ExtendWith(SynapseAndStrata.class)
class SynapseInteropIT {

    private static final String SHARE = "1,3,6,8,10,11,12";
    private static final Path REPORT = Path.of("target", "interop.md");

    private final Peers peers;

    SynapseInteropIT(Peers peers) {
        this.peers = peers;
    }

    @TestFactory
    Stream<DynamicNode> bothServersAgreeOnWhatPeopleDoTogether()
            throws IOException, InterruptedException {
        List<Outcome> outcomes;
        try (var meetings = new Meetings(peers.toStrata(), peers.toSynapse())) {
            outcomes = meetings.hold(places(versions()), this::meeting);
        }
        var table = new OutcomeTable(outcomes).toString();
        table.lines().forEach(line -> System.out.println("interop: " + line));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
        return Meetings.tests(outcomes);
    }

    // --- who meets where ---------------------------------------------------------------------

    /// The versions that are asked for, of those in which Synapse makes rooms.
    private SequencedSet<RoomVersion> versions() {
        var versions = new LinkedHashSet<>(RoomVersionRules.supported());
        assertThat(versions).containsAll(madeBySynapse());
        versions.retainAll(madeBySynapse());
        var wanted = System.getProperty("strata.interop.versions", SHARE);
        if (!wanted.equals("all")) {
            var names = Arrays.asList(wanted.split(","));
            versions.removeIf(version -> !names.contains(version.id()));
        }
        assertThat(versions).isNotEmpty();
        return versions;
    }

    private List<RoomVersion> madeBySynapse() {
        var available =
                peers.bob()
                        .get("/capabilities")
                        .expect(200)
                        .body()
                        .object("capabilities")
                        .flatMap(it -> it.object("m.room_versions"))
                        .flatMap(it -> it.object("available"))
                        .orElseThrow();
        return available.keys().stream()
                .filter(version -> available.string(version).filter("stable"::equals).isPresent())
                .map(version -> RoomVersion.parse(version).orElseThrow())
                .toList();
    }

    private record Place(RoomVersion version, Software home) {}

    private static List<Place> places(SequencedSet<RoomVersion> versions) {
        return versions.stream()
                .flatMap(
                        version ->
                                Arrays.stream(Software.values())
                                        .map(home -> new Place(version, home)))
                .toList();
    }

    private Meeting meeting(Place place) {
        var suffix = (place.version() + "-of-" + place.home()).toLowerCase(Locale.ROOT);
        var ofStrata = List.of(strata("ann-" + suffix), strata("amy-" + suffix));
        var ofSynapse = List.of(synapse("ben-" + suffix), synapse("bea-" + suffix));
        boolean atStrata = place.home() == Software.STRATA;
        var hosts = atStrata ? ofStrata : ofSynapse;
        var guests = atStrata ? ofSynapse : ofStrata;
        return new Meeting(
                place.home(),
                atStrata ? Software.SYNAPSE : Software.STRATA,
                RoomVersionRules.of(place.version()).orElseThrow(),
                hosts.getFirst(),
                hosts.getLast(),
                guests.getFirst(),
                guests.getLast(),
                atStrata ? peers.synapse().envoy(peers.ca()) : peers.strata().envoy(peers.ca()));
    }

    private MatrixClient strata(String name) {
        return peers.strata().client().register(name, "secret of " + name);
    }

    private MatrixClient synapse(String name) {
        return peers.synapse().register(name, "secret of " + name);
    }
}
