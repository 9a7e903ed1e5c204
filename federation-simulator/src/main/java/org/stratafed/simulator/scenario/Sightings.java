package org.stratafed.simulator.scenario;

import java.util.Optional;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.UserId;

/// What is to be seen at a server.
public interface Sightings extends AtServer {

    /// It has this message, once, with this verdict.
    default Then sees(String text, EventStatus status) {
        return new Expecting(
                at("\"" + text + "\" is " + status),
                stage -> Sights.checkStatus(stage.server(server()), text, status));
    }

    default Then doesNotSee(String text) {
        return new Expecting(
                at("\"" + text + "\" is not seen"),
                stage -> Sights.checkAbsent(stage.server(server()), text));
    }

    /// Its application was shown this message exactly once.
    default Then showsOnce(String text) {
        return new Expecting(
                at("\"" + text + "\" is shown once"),
                stage -> Sights.checkShownOnce(stage, stage.server(server()), text));
    }

    /// What the server's user is to the room, as that server has it.
    default Then is(String user, String membership) {
        return new Expecting(
                at(user + " is " + membership),
                stage ->
                        Sights.checkEquals(
                                Sights.membership(stage, stage.server(server()), new UserId(user)),
                                Optional.of(membership)));
    }

    /// What a user is to the room in the state that the server has of it.
    default Then hasMember(String user, String membership) {
        return new Expecting(
                at(user + " is " + membership + " in the room"),
                stage ->
                        Sights.checkEquals(
                                Sights.seenMembership(stage, stage.server(server()), user),
                                Optional.of(membership)));
    }

    default Then hasTopic(String topic) {
        return new Expecting(
                at("the topic is \"" + topic + "\""),
                stage -> Sights.checkEquals(Sights.topic(stage, server()), Optional.of(topic)));
    }

    /// The user got every event that the other server has of the room, each once, newest first.
    default Then hasReadAllOf(String user, String other) {
        return new Expecting(
                at(user + " has read all that " + other + " has"),
                stage -> Sights.checkReadAll(stage, new UserId(user), stage.server(other)));
    }
}
