// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/release.h"

#include "dsp/dynamics/one_pole.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"
#include "dsp/simd/reduction.h"
#include "dsp/simd/scans.h"

namespace lathe {
namespace {
constexpr Frames history = 32;  // more than either scan reads
}

template <class Sample>
Release<Sample>::Release(const ReleaseShape& shape, double rate, Frames block)
    : block_(block), input_(block, history), fallen_(static_cast<std::size_t>(block)) {
    for (const auto& f : shape.followers)
        followers_.push_back({pole_of(f.fall_ms, rate), pole_of(f.charge_ms, rate), static_cast<Sample>(f.share),
                              BlockMemory<Sample>(block, history)});
}

template <class Sample>
void Release<Sample>::follow(Follower& follower, Sample* out) {
    const auto n = static_cast<std::size_t>(block_);
    if (follower.charge == 0 && follower.share == 1) {
        run_kernel<ReductionFall>(follower.fall, static_cast<const Sample*>(input_.block()), out, n,
                                  follower.falling.data());
        return;
    }
    Sample* const charged = follower.charged.block();
    if (follower.charge > 0)
        run_kernel<OnePoleScan>(follower.charge, static_cast<const Sample*>(input_.block()), charged, n,
                                follower.charging.data());
    else
        std::copy_n(input_.block(), block_, charged);
    for (Frames i = 0; i < block_; ++i) charged[i] *= follower.share;
    run_kernel<ReductionFall>(follower.fall, static_cast<const Sample*>(charged), out, n, follower.falling.data());
    follower.charged.advance();
}

template <class Sample>
void Release<Sample>::run(Sample* out) {
    follow(followers_.front(), out);
    for (std::size_t k = 1; k < followers_.size(); ++k) {
        follow(followers_[k], fallen_.data());
        run_kernel<LargerOf>(static_cast<const Sample*>(out), static_cast<const Sample*>(fallen_.data()), out,
                             static_cast<std::size_t>(block_));
    }
    input_.advance();
}

template class Release<float>;
template class Release<double>;

}  // namespace lathe
