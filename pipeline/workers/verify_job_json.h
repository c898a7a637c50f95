#pragma once

#include <string>

#include "core/texts/json.h"
#include "pdf/changes/page_picture.h"

namespace sohoa {

/// Worker side of VerifyJob: performs the job and returns the encoded reply. `renderer` may be
/// null.
std::string answerVerify(const nlohmann::json& job, PageRenderer* renderer);

}  // namespace sohoa
