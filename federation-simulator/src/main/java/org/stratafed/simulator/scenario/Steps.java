package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.network.Link;
import org.stratafed.simulator.network.Quality;

/// The words that scenarios are told in.
public final class Steps {

    private Steps() {}

    /// Servers that are up and know of no room.
    public static Given servers(String... names) {
        return new Circumstance(
                "servers " + String.join(", ", names),
                stage -> {
                    for (var name : names) {
                        stage.simulation().add(new ServerName(name));
                    }
                });
    }

    /// That many servers, named `s1`, `s2` and so on.
    public static Given servers(int count) {
        return servers(
                IntStream.rangeClosed(1, count).mapToObj(i -> "s" + i).toArray(String[]::new));
    }

    /// A public room that the first user made and the others have joined.
    public static RoomMade room(String alias, String creator, String... others) {
        return new RoomMade(alias, creator, List.of(others));
    }

    /// Every server knows the key of every other one.
    public static Given acquainted() {
        return new Circumstance(
                "all have met",
                stage -> {
                    for (var one : stage.simulation().servers()) {
                        stage.simulation().servers().stream()
                                .filter(other -> other != one)
                                .forEach(one::introduceTo);
                    }
                });
    }

    /// The first user of a room has it entered by such a door.
    public static Given door(String room, UserId user, Door door) {
        return new Circumstance(
                user + " has " + room + " entered as " + door,
                stage -> {
                    stage.simulation().coverage().count(door.title());
                    var server = stage.simulation().server(user.server());
                    stage.perform(
                            user + " sets the door",
                            server,
                            server.messaging()
                                    .rooms()
                                    .setState(
                                            stage.room(room),
                                            user,
                                            "m.room.join_rules",
                                            "",
                                            door.rule(stage)),
                            id -> stage.simulation().acknowledge(server, id));
                });
    }

    /// A server, to say what is done or seen there.
    public static Actor at(String server) {
        return new Actor(server);
    }

    /// Nothing passes between the two.
    public static Circumstance partitioned(String one, String other) {
        return new Circumstance(
                one + " and " + other + " are cut off from each other",
                stage ->
                        stage.simulation()
                                .network()
                                .faults()
                                .partition(new ServerName(one), new ServerName(other)));
    }

    /// Nothing passes from the one to the other, but back.
    public static Circumstance partitionedOneWay(String from, String to) {
        var link = new Link(new ServerName(from), new ServerName(to));
        return new Circumstance(
                "nothing passes " + link,
                stage -> stage.simulation().network().faults().partition(link));
    }

    public static Circumstance healed(String one, String other) {
        return new Circumstance(
                one + " and " + other + " reach each other again",
                stage ->
                        stage.simulation()
                                .network()
                                .faults()
                                .heal(new ServerName(one), new ServerName(other)));
    }

    /// All of the network is as good or bad as that.
    public static Circumstance network(Quality quality) {
        return new Circumstance(
                "the network is like " + quality,
                stage -> stage.simulation().network().faults().setQuality(quality));
    }

    public static Circumstance clockOff(String server, Duration offset) {
        return new Circumstance(
                server + "'s clock is off by " + offset,
                stage -> stage.server(server).setClockOffset(offset));
    }

    /// Time passes.
    public static When after(Duration duration) {
        return new Doing("after " + duration, stage -> stage.simulation().run(duration));
    }

    /// Some time passes, up to so much.
    public static When afterUpTo(Duration duration) {
        return new Doing(
                "after up to " + duration,
                stage -> {
                    var random = stage.simulation().random().split("after " + stage.now());
                    stage.simulation().run(Duration.ofNanos(random.nextLong(duration.toNanos())));
                });
    }

    /// People do so many things, of all kinds, within that time, while servers crash and links
    /// break.
    public static When bustle(int deeds, Duration over) {
        return new Bustle(deeds, over, Deed.everyDay());
    }

    /// The same among people who fight over the room: they rank each other up and down, throw each
    /// other out, and change who may come in.
    public static When war(int deeds, Duration over) {
        return new Bustle(deeds, over, Deed.atWar());
    }

    /// All faults are healed, and everything comes to rest.
    public static When everythingHeals() {
        return new Doing("everything heals", Run::heal);
    }

    /// One user of each server in the room says something, one after the other. What somebody has
    /// missed without knowing it, as an event that nobody has built upon yet, comes out by that.
    public static When rollCall() {
        return new Doing("everybody says something", RollCall::begin);
    }

    /// Several things at once: none waits for another.
    public static When concurrently(When... steps) {
        return new Doing(
                "concurrently " + text(steps),
                stage -> Stream.of(steps).forEach(step -> step.begin(stage)));
    }

    /// Something whose end nobody waits for; it has to come before the scenario's end.
    public static When meanwhile(When... steps) {
        return new Doing(
                "meanwhile " + text(steps),
                stage -> {
                    Stream.of(steps).forEach(step -> step.begin(stage));
                    stage.letGo();
                });
    }

    private static String text(When... steps) {
        return Stream.of(steps).map(When::toString).collect(Collectors.joining(", "));
    }

    /// Everything comes to rest.
    public static When everythingSettles() {
        return new Doing("everything settles", Settling::settle);
    }

    /// Who is in the room has the same state of it.
    public static Then everyServerAgreesOn(String room) {
        return new Expecting(
                "every server agrees on " + room, stage -> Sights.checkAgreement(stage, room));
    }

    /// Who is in the room has that message, accepted, once.
    public static Then everyServerSees(String text) {
        return new Expecting(
                "every server sees \"" + text + "\"",
                stage -> Sights.checkSeenEverywhere(stage, text));
    }
}
