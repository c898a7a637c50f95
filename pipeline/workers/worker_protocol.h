#pragma once

#include <string>

#include "core/result.h"
#include "pipeline/workers/worker_jobs.h"

namespace sohoa {

/// The worker protocol as JSON texts. The supervisor encodes a job and decodes its reply; the
/// worker calls answer(). Text that is no reply of that job decodes to an error with
/// Cause::pageCrashed.

std::string encode(const InspectJob& job);
std::string encode(const ReadJob& job);
std::string encode(const SignsJob& job);
std::string encode(const ExtractJob& job);
std::string encode(const AssembleJob& job);
std::string encode(const CropJob& job);
std::string encode(const AccessJob& job);
std::string encode(const CheckJob& job);
std::string encode(const VerifyJob& job);

template <class Job>
Result<typename Job::Reply> decodeReply(const std::string& text);
template <>
Result<InspectJob::Reply> decodeReply<InspectJob>(const std::string& text);
template <>
Result<ReadJob::Reply> decodeReply<ReadJob>(const std::string& text);
template <>
Result<SignsJob::Reply> decodeReply<SignsJob>(const std::string& text);
template <>
Result<ExtractJob::Reply> decodeReply<ExtractJob>(const std::string& text);
template <>
Result<AssembleJob::Reply> decodeReply<AssembleJob>(const std::string& text);
template <>
Result<CropJob::Reply> decodeReply<CropJob>(const std::string& text);
template <>
Result<AccessJob::Reply> decodeReply<AccessJob>(const std::string& text);
template <>
Result<CheckJob::Reply> decodeReply<CheckJob>(const std::string& text);
template <>
Result<VerifyJob::Reply> decodeReply<VerifyJob>(const std::string& text);

/// Sent once by a worker before its first job.
struct Greeting {
  EngineInfo engine;
  int threads = 0;      ///< after a trial recognition; more than 1 makes the worker unfit
  std::string problem;  ///< cause code if the worker cannot work
  std::string detail;
};
std::string encode(const Greeting& greeting);
Greeting greetingFrom(const std::string& text);

/// Worker side: performs the job and returns the encoded reply. `recogniser` may be null in a
/// worker that does not read pages.
std::string answer(const std::string& request, Recogniser* recogniser,
                   PageRenderer* renderer = nullptr);

}  // namespace sohoa
