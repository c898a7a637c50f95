#pragma once

#include <string>

#include "core/texts/json.h"

namespace sohoa {

/// Worker side of VerifyJob: performs the job and returns the encoded reply.
std::string answerVerify(const nlohmann::json& job);

}  // namespace sohoa
