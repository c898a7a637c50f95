#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace sohoa {

/// Worker side of VerifyJob: performs the job and returns the encoded reply.
std::string answerVerify(const nlohmann::json& job);

}  // namespace sohoa
