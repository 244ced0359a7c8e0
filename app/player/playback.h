// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "app/player/latest.h"
#include "app/player/marks.h"
#include "app/player/stream.h"

namespace lathe {

/// What the user wants, as the callback is told it.
struct Orders {
    std::uint64_t stream = 0;  ///< id of the route for which the mix is meant
    std::uint64_t line = 0;    ///< the newest seek
    std::uint64_t play = 0;    ///< counts the calls of play(), so that reaching the end stops one of them only
    bool playing = false;
    Mix mix;
};

/// The callback's part of the player: turns read-ahead material into what is heard. Never locks, allocates or waits.
/// Whatever changes (the mix, the stream, play and pause, an underrun), the old and the new are crossfaded over 5 ms of
/// equal gain; changes that come meanwhile are taken together when the fade is done, so each is in effect within 10 ms.
class Playback {
public:
    explicit Playback(double rate);

    /// The output's thread: the next frames, [2][any]. heard_at: see AudioOutput.
    void render(AudioView<float> out, double heard_at) noexcept;

    /// The feeder's thread. Offers a stream that holds material already; the callback releases it when it is done with
    /// it. One offered before and not yet taken is released here.
    void offer(Stream* stream);
    Stream* first_stream() { return &streams_[0]; }  ///< heard at first: empty
    /// One that is free. There always is one: the callback holds three at most, one may be offered, one in the making.
    Stream* free_stream();
    void forget_free_streams();  ///< so that replaced signals go

    /// One thread at a time.
    void order(const Orders& orders) { orders_.write(orders); }

    Frames position(double seconds) const { return marks_.position(seconds); }
    std::uint64_t underruns() const { return underruns_.load(std::memory_order_relaxed); }
    std::uint64_t ended() const {
        return ended_.load(std::memory_order_acquire);
    }  ///< Orders::play that came to an end

private:
    /// A stream as it is heard, or its place while nothing is.
    struct Voice {
        Stream* stream = nullptr;
        Mix mix;
        bool sounding = false;
        Frames place = 0;  ///< line time at which it begins
        std::array<BandPassMemory, 2> solo{};

        bool same(const Voice& other) const {
            return stream == other.stream && mix == other.mix && sounding == other.sounding;
        }
    };
    static constexpr Frames piece_frames = 256;
    using Piece = std::array<std::array<double, piece_frames>, 2>;

    Voice wanted();
    bool wants_sound(const Stream& stream, Frames time) const;
    bool at_end(const Voice& voice) const;
    void take_changes();
    void change_to(const Voice& next);
    Frames piece_length(Frames most) const;
    static void render_voice(Voice& voice, Frames count, Piece& piece);
    void mix_fade(Frames count);
    bool moves() const;  ///< whether the current stream is being heard
    void advance(Frames count);

    const double rate_;
    const Frames fade_, enough_;  ///< enough_: material with which something may begin
    std::array<Stream, 5> streams_;
    std::atomic<Stream*> offered_{nullptr};
    Latest<Orders> orders_;
    Marks marks_;
    std::atomic<std::uint64_t> underruns_{0}, ended_{0};

    // The callback's own.
    Voice current_, leaving_;  ///< leaving_ is heard while faded_ < fade_
    Frames faded_;
    Stream* next_ = nullptr;
    Orders order_;
    Frames overdue_ = 0;  ///< frames played since a seek was ordered whose material is not there
    Piece piece_{}, leaving_piece_{};
};

}  // namespace lathe
