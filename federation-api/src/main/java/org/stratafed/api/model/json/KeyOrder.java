package org.stratafed.api.model.json;

import java.util.Arrays;

/// The order of an object's keys by code point, as a permutation of their indexes.
///
/// Sorting once when an object is made pays three times: canonical JSON is written without
/// sorting, equal keys are neighbours, and a key is found by bisection, whatever a peer does to
/// make keys collide.
final class KeyOrder {

    private static final int INSERTION_SORT_MAX = 24;

    private KeyOrder() {}

    static int[] of(String[] keys) {
        var order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (isSorted(keys)) {
            return order;
        }
        if (keys.length <= INSERTION_SORT_MAX) {
            insertionSort(order, keys);
            return order;
        }
        return Arrays.stream(order)
                .boxed()
                .sorted((a, b) -> CodePoints.compare(keys[a], keys[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// The index of a key that an earlier one equals, or -1.
    static int duplicate(String[] keys, int[] order) {
        for (int i = 1; i < order.length; i++) {
            if (keys[order[i - 1]].equals(keys[order[i]])) {
                return order[i];
            }
        }
        return -1;
    }

    /// The index of the key, or -1.
    static int find(String[] keys, int[] order, String key) {
        int low = 0;
        int high = order.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = CodePoints.compare(keys[order[middle]], key);
            if (comparison == 0) {
                return order[middle];
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static boolean isSorted(String[] keys) {
        for (int i = 1; i < keys.length; i++) {
            if (CodePoints.compare(keys[i - 1], keys[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private static void insertionSort(int[] order, String[] keys) {
        for (int i = 1; i < order.length; i++) {
            int moving = order[i];
            int at = i;
            while (at > 0 && CodePoints.compare(keys[order[at - 1]], keys[moving]) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moving;
        }
    }
}
