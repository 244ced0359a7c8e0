// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/box_stack.h"

#include "dsp/simd/isa.h"

namespace lathe {
namespace {

// Lengths as even as can be, with first + second + third − 2 = length.
BoxLengths boxes_of(Frames length) {
    const Frames first = (length + 2) / 3, second = (length + 3) / 3, third = (length + 4) / 3;
    return {first, second, third, 0x1p-24 / static_cast<double>(first * second * third)};
}

}  // namespace

template <class Sample>
BoxStack<Sample>::BoxStack(Frames length, Frames block)
    : block_(block), boxes_(boxes_of(length)), thrice_(block, length + 2) {}

template <class Sample>
void BoxStack<Sample>::run(const Sample* in, Sample* out) {
    run_kernel<ReductionBoxes>(boxes_, in, &sums_[0], thrice_.block(), out, static_cast<std::size_t>(block_));
    thrice_.advance();
}

template class BoxStack<float>;
template class BoxStack<double>;

}  // namespace lathe
