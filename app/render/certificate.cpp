// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/certificate.h"

#include <algorithm>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// Takes a run in double from what was made before.
template <class Sample>
class Comparison final : public Sink<double> {
public:
    explicit Comparison(const StoredAudio<Sample>& made) : made_(made) {}
    void write(AudioView<const double> audio) override {
        AudioBuffer<Sample> beside(audio.channels, audio.frames);
        made_.read(at_, beside.view());
        at_ += audio.frames;
        for (int c = 0; c < audio.channels; ++c)
            for (Frames n = 0; n < audio.frames; ++n)
                residual.add(static_cast<double>(beside.channel(c)[n]) - audio.channel(c)[n]);
    }
    Residual residual;

private:
    const StoredAudio<Sample>& made_;
    Frames at_ = 0;
};

}  // namespace

NullCertificate certificate_of(const Witness* witness) {
    if (!witness || witness->samples() == 0) return {};
    return {db_from_gain(witness->rms()), db_from_gain(witness->peak()), witness->samples()};
}

NullCertificate worse_of(const NullCertificate& a, const NullCertificate& b) {
    NullCertificate worse{a.rms_dbfs, a.peak_dbfs, a.samples + b.samples};
    if (b.rms_dbfs) worse.rms_dbfs = std::max(a.rms_dbfs.value_or(*b.rms_dbfs), *b.rms_dbfs);
    if (b.peak_dbfs) worse.peak_dbfs = std::max(a.peak_dbfs.value_or(*b.peak_dbfs), *b.peak_dbfs);
    return worse;
}

bool holds(const NullCertificate& certificate) {
    return !certificate.rms_dbfs || *certificate.rms_dbfs < residual_limit_dbfs;
}

template <class Sample>
NullCertificate certify_whole(const MasterJob<Sample>& job, const StoredAudio<Sample>& master,
                              MasterRunner<Sample>& runner) {
    const MasterJob<double> same{.programme = job.programme,
                                 .master = job.master,
                                 .before = job.before,
                                 .after = job.after,
                                 .tail = job.tail,
                                 .fades = job.fades,
                                 .key_parts = {},
                                 .key = {},
                                 .stored = nullptr,
                                 .delivery_reads = Reading::again,
                                 .solved_gain_db = job.solved_gain_db,
                                 .gain_of_loudness_db = {},
                                 .loudness = {}};
    const auto engine = cpu_engine<double>();
    MasterRunner<double> in_double = runner.template on<double>(*engine);
    Comparison<Sample> comparison(master);
    in_double.run(same, same.solved_gain_db, comparison);
    return {db_from_gain(std::sqrt(comparison.residual.mean_square())), db_from_gain(comparison.residual.peak()),
            comparison.residual.count()};
}

template NullCertificate certify_whole(const MasterJob<float>&, const StoredAudio<float>&, MasterRunner<float>&);
template NullCertificate certify_whole(const MasterJob<double>&, const StoredAudio<double>&, MasterRunner<double>&);

}  // namespace lathe
