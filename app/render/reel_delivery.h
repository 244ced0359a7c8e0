// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/render/certificate.h"
#include "app/render/delivery_plan.h"
#include "app/render/master_job.h"
#include "app/render/render.h"

namespace lathe {

/// How far a held ceiling may be passed on the contract's meter, and how far it is let go before the stream is made
/// again.
inline constexpr double ceiling_tolerance_db = 0.02, ceiling_aim_db = 0.01;

/// One file of a stream, written and measured, with the track it holds.
struct DeliveredFile {
    const Track* track = nullptr;
    DeliverableResult result;
};

/// What became of one stream.
struct DeliveredStream {
    std::vector<DeliveredFile> files;
    std::unique_ptr<SpoolOutput> spool;  ///< of layout = "album": its turn is yet to come
    DeliverableResult made;              ///< gains, ceiling and limiter, the same for all its files
    std::vector<RenderWarning> warnings;
    bool ceiling_passed = false;
};

/// Makes one reel: its jobs once through their final run, fanned out into every stream that wants it; a stream that
/// needs nothing done to its sources is copied, integers as integers and floats as floats.
template <class Sample>
class ReelDelivery {
public:
    /// jobs: of the reel's programmes, in order, with their gains solved. streams: all of this reel and one master.
    ReelDelivery(MasterRunner<Sample>& runner, StorageBudget& budget, const SourceLibrary& library,
                 std::vector<const MasterJob<Sample>*> jobs, std::vector<const PlannedStream*> streams,
                 Certify certify);
    /// Where the files of streams of layout = "tracks" go; at first onto the disk.
    using MakeOutput = std::function<std::unique_ptr<CutOutput>(const PlannedStream&, const WriteFormat&)>;
    void write_to(MakeOutput make_output) { make_output_ = std::move(make_output); }
    /// One for each stream, in their order. Files are in place when it returns.
    std::vector<DeliveredStream> deliver();

    /// True peak that the stream's samples would have before quantising, with no ceiling held.
    std::optional<double> unheld_true_peak_dbtp(const PlannedStream& stream);
    /// After deliver(): what the dynamics did to a job behind the gain point.
    const std::vector<StageGains>& gains(std::size_t job) const { return gains_[job]; }

private:
    struct Attempt;
    Attempt attempt(std::size_t stream, const StreamFormat& format);
    bool is_copy(const PlannedStream& stream) const;
    void copy(const PlannedStream& stream, PcmOutput& output) const;
    void run(std::vector<Attempt>& attempts);
    void run_job(std::size_t job, Sink<Sample>& sink);
    double over_ceiling(const Attempt& attempt, const DeliveredStream& delivered) const;
    void finish(Attempt& attempt, DeliveredStream& delivered) const;
    void commit(Attempt& attempt, DeliveredStream& delivered) const;
    DeliverableResult describe(const PlannedStream& stream) const;

    MasterRunner<Sample>& runner_;
    StorageBudget& budget_;
    const SourceLibrary& library_;
    std::vector<const MasterJob<Sample>*> jobs_;
    std::vector<const PlannedStream*> streams_;
    Certify certify_;
    std::vector<LimiterActivity> limiters_;       ///< of each job
    std::vector<NullCertificate> certificates_;   ///< of each job
    std::vector<std::vector<StageGains>> gains_;  ///< of each job
    MakeOutput make_output_;
};

}  // namespace lathe
