package org.stratafed.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.id.UserId;

/// What people do in a room, by kind.
public enum Deed {
    SAYS(4),
    JOINS(2),
    LEAVES(1),
    INVITES(1),
    KNOCKS(1),
    KICKS(1),
    BANS(1),
    UNBANS(1),
    SETS_TOPIC(1),
    SETS_DOOR(1),
    EMPOWERS(1),
    DENIES(1),
    ADMITS(1),
    REDACTS(1),
    READS_BACK(1);

    private static final int MODERATOR = 50;

    /// Each kind as often as it is done for every time that one of weight 1 is.
    private static final List<Deed> WEIGHED = weighed();

    private final int weight;

    Deed(int weight) {
        this.weight = weight;
    }

    private static List<Deed> weighed() {
        var all = new ArrayList<Deed>();
        for (var deed : values()) {
            for (int i = 0; i < deed.weight; i++) {
                all.add(deed);
            }
        }
        return List.copyOf(all);
    }

    /// How it is counted.
    public String title() {
        return "deed/" + Words.of(this);
    }

    /// A kind of chance's choice.
    static Deed pick(int chance) {
        return WEIGHED.get(chance % WEIGHED.size());
    }

    void attempt(Deeds by, UserId other, int number) {
        switch (this) {
            case SAYS -> by.says("message " + number);
            case JOINS -> by.joins();
            case LEAVES -> by.leaves();
            case INVITES -> by.invites(other);
            case KNOCKS -> by.knocks();
            case KICKS -> by.kicks(other);
            case BANS -> by.bans(other);
            case UNBANS -> by.unbans(other);
            case SETS_TOPIC -> by.setsTopic("topic " + number);
            case SETS_DOOR -> by.setsDoor(number);
            case EMPOWERS -> by.empowers(other, MODERATOR);
            case DENIES -> by.denies(other.server());
            case ADMITS -> by.admits(other.server());
            case REDACTS -> by.redacts();
            case READS_BACK -> by.readsBack();
        }
    }
}
