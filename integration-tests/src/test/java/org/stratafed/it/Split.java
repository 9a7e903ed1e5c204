package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.stratafed.api.model.json.JsonObject;

/// A network split: for a while each server is alone with its users, who change the same state,
/// and in another room fight each other.
final class Split {

    private final Meeting meeting;
    private String talk = "";
    private String war = "";
    private String[] said = {};

    Split(Meeting meeting) {
        this.meeting = meeting;
    }

    /// Before it.
    void prepare() {
        talk = meeting.publicRoom();
        meeting.empower(talk, meeting.guest(), Meeting.MODERATOR);
        war = meeting.publicRoom();
        meeting.empower(war, meeting.guest(), Meeting.MODERATOR);
        meeting.neighbour().join(war);
        meeting.join(meeting.companion(), war);
        Meeting.untilMembership(meeting.guest(), war, meeting.neighbour(), "join");
        var topic = meeting.host().setState(war, "m.room.topic", "", Meeting.topic("peace"));
        meeting.untilShown(war, topic);
    }

    /// While it lasts.
    void act() {
        var host = meeting.host();
        var guest = meeting.guest();
        host.setState(talk, "m.room.topic", "", Meeting.topic("by the host alone"));
        guest.setState(talk, "m.room.topic", "", Meeting.topic("by the guest alone"));
        guest.setState(
                talk, "m.room.name", "", JsonObject.builder().put("name", "the guest's").build());
        said = new String[] {host.say(talk, "alone"), guest.say(talk, "alone too")};

        host.moderate(war, "ban", meeting.companion().userId()).expect(200);
        meeting.setLevel(war, guest, 0);
        guest.moderate(war, "kick", meeting.neighbour().userId()).expect(200);
        guest.setState(war, "m.room.topic", "", Meeting.topic("revolution"));
    }

    /// After it: both servers come to the same state, which in the war is the host's.
    void heal() {
        meeting.untilShown(talk, said);
        meeting.agree(talk, said);
        assertThat(name()).isEqualTo("the guest's");

        meeting.agree(war);
        for (var user : List.of(meeting.host(), meeting.guest())) {
            assertThat(Federation.topic(user, war)).isEqualTo("peace");
            assertThat(user.membership(war, meeting.companion().userId())).contains("ban");
            assertThat(user.membership(war, meeting.neighbour().userId())).contains("join");
        }
    }

    private String name() {
        return meeting.host().state(talk, "m.room.name", "").expect(200).string("name");
    }
}
