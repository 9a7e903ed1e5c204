package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.transport.TransportHandler;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.model.id.ServerName;

/// The layer above: it answers every question the same, and remembers what it was told.
public final class RecordingHandler implements TransportHandler {

    private final List<String> told = new ArrayList<>();
    private final List<Object> questions = new ArrayList<>();
    private Uni<?> answer = Uni.createFrom().failure(new IllegalStateException("no answer set"));

    void answers(Uni<?> next) {
        answer = next;
    }

    List<String> told() {
        return told;
    }

    List<Object> questions() {
        return questions;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <Q, A> Uni<A> onRequest(ServerName origin, Endpoint<Q, A> endpoint, Q question) {
        told.add(origin + " asks " + endpoint);
        questions.add(question);
        return (Uni<A>) answer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <Q, A> Uni<A> onOpenRequest(Endpoint<Q, A> endpoint, Q question) {
        told.add("somebody asks " + endpoint);
        questions.add(question);
        return (Uni<A>) answer;
    }

    @Override
    public void onSignOfLife(ServerName server) {
        told.add(server + " lives");
    }
}
