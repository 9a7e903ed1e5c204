package org.stratafed.simulator.loop;

import java.util.random.RandomGenerator;

/// Chance that follows from a seed: xoshiro256\*\*, filled by SplitMix64. Written out here, so that
/// a seed means the same with every JDK.
///
/// Whoever needs chance takes a source of its own by [#split(String)]: then one of them asking more
/// often changes nothing for the others.
///
/// @see <a href="https://prng.di.unimi.it/">xoshiro / xoroshiro generators</a>
public final class SimRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    public SimRandom(long seed) {
        this.seed = seed;
        s0 = splitMix(seed + GOLDEN_GAMMA);
        s1 = splitMix(seed + 2 * GOLDEN_GAMMA);
        s2 = splitMix(seed + 3 * GOLDEN_GAMMA);
        s3 = splitMix(seed + 4 * GOLDEN_GAMMA);
    }

    private static long splitMix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// Another source, which follows from this one's seed and the name alone.
    public SimRandom split(String name) {
        return new SimRandom(splitMix(seed ^ Trace.hashOf(name)));
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s1 * 5, 7) * 9;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /// Whether something happens that happens so often.
    public boolean happens(double probability) {
        return probability > 0 && nextDouble() < probability;
    }

    /// One of a distribution that has most of it near `min`, a long tail, and an end at ten times
    /// the mean.
    public long nextDelay(long min, long mean) {
        double tail = -StrictMath.log(1 - nextDouble()) * (mean - min);
        return min + Math.min((long) tail, 10 * mean);
    }
}
