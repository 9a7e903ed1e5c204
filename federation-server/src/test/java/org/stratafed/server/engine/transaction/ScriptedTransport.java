package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.AnswerStream;
import org.stratafed.api.layer.transport.TransportLayer;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.StreamedAnswer;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.ServerName;

/// A transport layer whose peers answer when the test says so.
public final class ScriptedTransport implements TransportLayer {

    private final List<Asked> asked = new ArrayList<>();

    /// A request that was made, and its answer to come.
    public static final class Asked {

        private final ServerName destination;
        private final Endpoint<?, ?> endpoint;
        private final Object question;
        private final Uni<Object> answer;
        private UniEmitter<? super Object> emitter;
        private boolean isAnswered;

        private Asked(ServerName destination, Endpoint<?, ?> endpoint, Object question) {
            this.destination = destination;
            this.endpoint = endpoint;
            this.question = question;
            answer = Uni.createFrom().<Object>emitter(it -> emitter = it).memoize().indefinitely();
            answer.subscribe().with(_ -> {}, _ -> {});
        }

        public ServerName destination() {
            return destination;
        }

        public Endpoint<?, ?> endpoint() {
            return endpoint;
        }

        public Object question() {
            return question;
        }

        public Transaction transaction() {
            return (Transaction) question;
        }

        public boolean isAnswered() {
            return isAnswered;
        }

        public void answer(Object answer) {
            isAnswered = true;
            emitter.complete(answer);
        }

        /// The answer 200, with no error for any event.
        public void accept() {
            answer(new TransactionResponse(new LinkedHashMap<>()));
        }

        public void fail(Throwable failure) {
            isAnswered = true;
            emitter.fail(failure);
        }

        public void fail() {
            fail(new RemoteFailure.Unreachable("no route"));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <Q, A> Uni<A> ask(ServerName destination, Endpoint<Q, A> endpoint, Q question) {
        var it = new Asked(destination, endpoint, question);
        asked.add(it);
        return (Uni<A>) it.answer;
    }

    @Override
    public <Q, P> Uni<AnswerStream<P>> open(
            ServerName destination, StreamedAnswer<Q, P> endpoint, Q question) {
        throw new UnsupportedOperationException("nobody asks for what is streamed");
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<Transaction> transactions() {
        return asked.stream().map(Asked::transaction).toList();
    }

    public Asked last() {
        return asked.getLast();
    }

    /// Requests that are not answered yet.
    public List<Asked> open() {
        return asked.stream().filter(it -> !it.isAnswered()).toList();
    }

    public Optional<Asked> openTo(ServerName destination) {
        return open().stream().filter(it -> it.destination().equals(destination)).findFirst();
    }
}
