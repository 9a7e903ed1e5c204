package org.stratafed.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.id.UserId;

/// What people do in a room, by kind.
public enum Deed {
    SAYS(4, 2),
    JOINS(2, 3),
    LEAVES(1, 1),
    INVITES(1, 1),
    KNOCKS(1, 1),
    KICKS(1, 2),
    BANS(1, 2),
    UNBANS(1, 2),
    SETS_TOPIC(1, 3),
    SETS_DOOR(1, 2),
    EMPOWERS(1, 0),
    DENIES(1, 0),
    ADMITS(1, 0),
    REDACTS(1, 0),
    READS_BACK(1, 0),
    RANKS(0, 4),
    DEMANDS(0, 1);

    private static final int MODERATOR = 50;
    private static final List<Integer> RANKS_GIVEN = List.of(90, 0, 50, 60, 90, 100, 50);
    private static final List<Integer> POWERS_DEMANDED = List.of(60, 0, 50, 90);

    private final int everyDay;
    private final int atWar;

    /// @param everyDay how often it is done for every time that one of weight 1 is
    /// @param atWar the same, where people fight over the room
    Deed(int everyDay, int atWar) {
        this.everyDay = everyDay;
        this.atWar = atWar;
    }

    /// What people do every day, each kind as often as it weighs.
    public static List<Deed> everyDay() {
        var all = new ArrayList<Deed>();
        for (var deed : values()) {
            for (int i = 0; i < deed.everyDay; i++) {
                all.add(deed);
            }
        }
        return List.copyOf(all);
    }

    /// What people do who fight over the room.
    public static List<Deed> atWar() {
        var all = new ArrayList<Deed>();
        for (var deed : values()) {
            for (int i = 0; i < deed.atWar; i++) {
                all.add(deed);
            }
        }
        return List.copyOf(all);
    }

    /// How it is counted.
    public String title() {
        return "deed/" + Words.of(this);
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
            case RANKS -> by.ranks(other, RANKS_GIVEN.get(number % RANKS_GIVEN.size()));
            case DEMANDS ->
                    by.demands(
                            "m.room.topic", POWERS_DEMANDED.get(number % POWERS_DEMANDED.size()));
        }
    }
}
