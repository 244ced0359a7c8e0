// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/instruments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lathe::demo {
namespace {

constexpr double two_pi = 2 * std::numbers::pi;

/// Calls sample(seconds since the onset, index) for every frame of the note and adds what it gives to both sides.
template <class SampleAt>
void add(Stem& stem, double rate, const Note& note, double sounding_s, SampleAt sample) {
    const double angle = (note.pan + 1) * std::numbers::pi / 4;
    const double left = note.level * std::cos(angle), right = note.level * std::sin(angle);
    const Frames from = std::llround(note.at_s * rate);
    const Frames to = std::min(stem.frames(), from + static_cast<Frames>(sounding_s * rate));
    for (Frames n = std::max<Frames>(0, from); n < to; ++n) {
        const double x = sample(static_cast<double>(n - from) / rate, n - from);
        stem.channel(0)[n] += left * x;
        stem.channel(1)[n] += right * x;
    }
}

/// Up in attack_s, held, and let go over release_s once length_s is over.
double envelope(double t, double length_s, double attack_s, double release_s) {
    const double up = std::min(1.0, t / attack_s);
    const double down = t < length_s ? 1.0 : std::max(0.0, 1 - (t - length_s) / release_s);
    return up * down * down;
}

/// Σ weight(k) · sin(k · phase) for k = 1 … count: each sine follows from the two before it.
template <class Weight>
double harmonics(double phase, int count, Weight weight) {
    const double twice = 2 * std::cos(phase);
    double before = 0, now = std::sin(phase), sum = 0;
    for (int k = 1; k <= count; ++k) {
        sum += weight(k) * now;
        const double next = twice * now - before;
        before = now;
        now = next;
    }
    return sum;
}

double noise(const CounterRandom& random, double at_s, Frames n) {
    return 2 * random.uniform(static_cast<std::uint64_t>(at_s * 1000) * 1000003u + static_cast<std::uint64_t>(n)) - 1;
}

}  // namespace

double hz_of(int midi_note) { return 440 * std::exp2((midi_note - 69) / 12.0); }

void play_kick(Stem& stem, double rate, const Note& note) {
    add(stem, rate, note, 0.45, [&](double t, Frames) {
        // The pitch falls from 165 to 47 Hz; its phase is the integral.
        const double phase = two_pi * (47 * t + 118 * 0.028 * (1 - std::exp(-t / 0.028)));
        const double click = std::exp(-t / 0.0025) * std::sin(two_pi * 1900 * t);
        return std::min(1.0, t / 0.001) * (std::exp(-t / 0.13) * std::sin(phase) + 0.25 * click);
    });
}

void play_snare(Stem& stem, double rate, const Note& note, const CounterRandom& random) {
    double low = 0;
    add(stem, rate, note, 0.35, [&](double t, Frames n) {
        const double white = noise(random, note.at_s, n);
        low += 0.25 * (white - low);
        const double rattle = std::exp(-t / 0.075) * (white - low);
        const double body = std::exp(-t / 0.06) * (std::sin(two_pi * 186 * t) + 0.6 * std::sin(two_pi * 331 * t));
        return std::min(1.0, t / 0.0008) * (0.55 * rattle + 0.5 * body);
    });
}

void play_hat(Stem& stem, double rate, const Note& note, const CounterRandom& random) {
    double first = 0, second = 0;
    add(stem, rate, note, 6 * note.length_s, [&](double t, Frames n) {
        const double white = noise(random, note.at_s, n);
        first += 0.55 * (white - first);
        const double high = white - first;
        second += 0.55 * (high - second);
        return std::min(1.0, t / 0.0006) * std::exp(-t / note.length_s) * (high - second);
    });
}

void play_bass(Stem& stem, double rate, const Note& note) {
    const int count = static_cast<int>(std::min(40.0, 0.4 * rate / note.hz));
    add(stem, rate, note, note.length_s + 0.08, [&](double t, Frames) {
        const double corner = 180 + 1500 * std::exp(-t / 0.16);
        const double sum = harmonics(two_pi * note.hz * t, count, [&](int k) {
            const double f = k * note.hz / corner;
            return 1 / (k * (1 + f * f));
        });
        return 0.7 * sum * envelope(t, note.length_s, 0.004, 0.08);
    });
}

void play_keys(Stem& stem, double rate, const Note& note) {
    add(stem, rate, note, note.length_s + 0.35, [&](double t, Frames) {
        const double tine =
            0.35 * std::exp(-t / 0.12) * std::sin(two_pi * 14 * note.hz * t) * (14 * note.hz < 0.45 * rate);
        const double index = 1.6 * std::exp(-t / 0.9);
        const double body = std::sin(two_pi * note.hz * t + index * std::sin(two_pi * note.hz * t));
        const double tremolo = 1 - 0.15 * (1 + std::sin(two_pi * 4.6 * (note.at_s + t))) / 2;
        return 0.5 * tremolo * std::exp(-t / 1.8) * (body + 0.2 * tine) * envelope(t, note.length_s, 0.002, 0.35);
    });
}

void play_pad(Stem& stem, double rate, const Note& note) {
    constexpr std::array<double, 5> detune{0.9962, 0.9986, 1.0, 1.0017, 1.0041};
    const int count = static_cast<int>(std::min(14.0, 0.4 * rate / note.hz));
    for (std::size_t v = 0; v < detune.size(); ++v) {
        Note voice = note;
        voice.pan = std::clamp(note.pan + 0.4 * (static_cast<double>(v) - 2), -1.0, 1.0);
        add(stem, rate, voice, note.length_s + 0.7, [&](double t, Frames) {
            const double phase = two_pi * note.hz * detune[v] * t + 1.7 * static_cast<double>(v);
            const double sum = harmonics(phase, count, [](int k) { return 1 / (k * (1 + 0.12 * k)); });
            return 0.12 * sum * envelope(t, note.length_s, 0.25, 0.7);
        });
    }
}

void play_lead(Stem& stem, double rate, const Note& note) {
    const int count = static_cast<int>(std::min(18.0, 0.4 * rate / note.hz));
    std::array<double, 19> weights{};
    for (int k = 1; k <= count; ++k) weights[static_cast<std::size_t>(k)] = (k % 2 ? 1.0 : 0.45) / std::pow(k, 1.25);
    add(stem, rate, note, note.length_s + 0.12, [&](double t, Frames) {
        const double depth = 0.006 * std::min(1.0, std::max(0.0, t - 0.15) / 0.3);
        const double phase = two_pi * note.hz * (t - depth / (two_pi * 5.4) * std::cos(two_pi * 5.4 * t));
        const double sum = harmonics(phase, count, [&](int k) { return weights[static_cast<std::size_t>(k)]; });
        return 0.45 * sum * envelope(t, note.length_s, 0.03, 0.12);
    });
}

void play_pluck(Stem& stem, double rate, const Note& note, const CounterRandom& random) {
    std::vector<double> string(static_cast<std::size_t>(rate / note.hz));
    for (std::size_t i = 0; i < string.size(); ++i) string[i] = noise(random, note.at_s, static_cast<Frames>(i));
    std::size_t at = 0;
    double last = 0;
    add(stem, rate, note, note.length_s + 1.2, [&](double t, Frames) {
        const double now = string[at];
        string[at] = 0.4985 * (now + last);
        last = now;
        at = (at + 1) % string.size();
        return 0.6 * now * envelope(t, note.length_s + 0.4, 0.001, 0.8);
    });
}

void add_room(Stem& stem, double rate, double t60_s, double wet) {
    constexpr std::array<double, 8> delays_s{0.0297, 0.0371, 0.0411, 0.0437, 0.0533, 0.0617, 0.0671, 0.0737};
    std::array<std::vector<double>, 8> lines;
    std::array<std::size_t, 8> at{};
    std::array<double, 8> gains{}, damped{};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].resize(static_cast<std::size_t>(delays_s[i] * rate));
        gains[i] = std::pow(10.0, -3 * delays_s[i] / t60_s);
    }
    for (Frames n = 0; n < stem.frames(); ++n) {
        std::array<double, 8> out{};
        double sum = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            damped[i] += 0.6 * (lines[i][at[i]] - damped[i]);
            out[i] = gains[i] * damped[i];
            sum += out[i];
        }
        const double left = stem.channel(0)[n], right = stem.channel(1)[n];
        for (std::size_t i = 0; i < lines.size(); ++i) {  // a Householder reflection keeps the power
            lines[i][at[i]] = out[i] - 0.25 * sum + (i % 2 ? right : left);
            at[i] = (at[i] + 1) % lines[i].size();
        }
        stem.channel(0)[n] += wet * (out[0] - out[2] + out[4] - out[6]);
        stem.channel(1)[n] += wet * (out[1] - out[3] + out[5] - out[7]);
    }
}

}  // namespace lathe::demo
