#pragma once

#include <string>

#include "core/texts/json.h"

namespace sohoa {

/// Worker side of VerifyJob: does it and returns the encoded reply. Private to the room.
std::string answerVerify(const nlohmann::json& job);

}  // namespace sohoa
