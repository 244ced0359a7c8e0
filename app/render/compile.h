// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/render/cache.h"
#include "app/render/programme.h"
#include "app/render/source_library.h"
#include "app/session/album.h"
#include "dsp/engine/plan.h"

namespace lathe {

/// A chain, or half of one, compiled for a rate and a channel count.
struct CompiledChain {
    Plan plan;
    std::string settings_key;  ///< names every setting that the plan follows from, and the responses it uses
    double tail_s = 0;         ///< how long it rings on behind its input
    bool has_limiter = false;  ///< the last of which keeps the master's ceiling
    bool is_linear = true;     ///< its loudness moves with its input's
};

/// Compiles one programme's chain for one master: neighbouring linear processors fuse into one matrix of responses,
/// which is multiplied into the bands of a multiband behind it where that is cheaper. Remembers what it has compiled.
class Compiler {
public:
    /// cache: keeps the responses of reverberations. memory: of chains compiled before, or none. They all outlive the
    /// compiler.
    Compiler(const Album& album, SourceLibrary& library, const Cache& cache, CompileMemory* memory = nullptr)
        : album_(album), library_(library), cache_(cache), memory_(memory) {}

    /// The programme's processors before and after the gain point. A programme of tracks whose settings differ gets a
    /// splice of their plans. Throws InputError that names the album's line and the processor.
    std::shared_ptr<const CompiledChain> before_gain_point(const Programme& programme, const Master& master);
    std::shared_ptr<const CompiledChain> after_gain_point(const Programme& programme, const Master& master);

private:
    enum class Half { before, after };
    std::shared_ptr<const CompiledChain> compile(const Programme& programme, const Master& master, Half half);
    /// ends_chain: its last limiter is the whole chain's, and takes the master's ceiling.
    std::shared_ptr<const CompiledChain> compile_chain(const Chain& chain, double rate, int channels,
                                                       const Master& master, bool ends_chain);

    const Album& album_;
    SourceLibrary& library_;
    const Cache& cache_;
    CompileMemory* memory_;
    std::map<std::string, std::shared_ptr<const CompiledChain>> compiled_;
};

}  // namespace lathe
