package org.stratafed.server.engine.transport.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.SendJoinPart;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.WireBody;

class AnswerPartsTest {

    private static final Compute AT_ONCE =
            new Compute() {
                @Override
                public <T> Uni<T> run(Supplier<T> work) {
                    return Uni.createFrom().item(work);
                }

                @Override
                public <T> Uni<List<T>> runAll(List<Supplier<T>> work) {
                    return run(() -> work.stream().map(Supplier::get).toList());
                }
            };

    @Test
    void theMembersComeInWhateverOrderTheyAreSent() {
        assertThat(
                        read(
                                "{\"servers_in_room\":[\"a\"],\"members_omitted\":true,"
                                        + "\"state\":[{\"a\":1},7,{\"b\":2}],\"origin\":\"x\","
                                        + "\"event\":{\"c\":3},\"auth_chain\":[{\"d\":4}]}"))
                .extracting(AnswerPartsTest::shown)
                .containsExactly(
                        "omitted",
                        "state {\"a\":1}",
                        "state {\"b\":2}",
                        "join {\"c\":3}",
                        "chain {\"d\":4}");
    }

    @Test
    void nullIsAnEmptyArray() {
        assertThat(read("{\"state\":null,\"auth_chain\":[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":[]}",
                "{\"state\":[],\"auth_chain\":{}}",
                "{\"state\":[],\"auth_chain\":[{\"a\":1]}",
                "{\"state\":[{\"a\":1,\"a\":1}],\"auth_chain\":[]}",
                "{\"state\":[],\"state\":[],\"auth_chain\":[]}",
                "{\"state\":[],\"auth_chain\":[]",
                "[]",
                ""
            })
    void whatIsNoRoomIsGarbled(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(RemoteFailure.Garbled.class);
    }

    private static String shown(SendJoinPart part) {
        return switch (part) {
            case SendJoinPart.State(var pdu) -> "state " + pdu.json();
            case SendJoinPart.AuthChain(var pdu) -> "chain " + pdu.json();
            case SendJoinPart.Join(var pdu) -> "join " + pdu.json();
            case SendJoinPart.MembersOmitted() -> "omitted";
        };
    }

    private static List<SendJoinPart> read(String text) {
        var parts =
                new AnswerParts<>(SendJoin.STREAMED, WireBody.of(text.getBytes(UTF_8)), AT_ONCE);
        var all = new ArrayList<SendJoinPart>();
        for (var next = parts.next().await().indefinitely();
                next.isPresent();
                next = parts.next().await().indefinitely()) {
            all.addAll(next.get());
        }
        return all;
    }
}
