#pragma once

#include <chrono>
#include <memory>

#include "core/texts/text.h"
#include "pipeline/night/night.h"

namespace sohoa {

/// Shows the progress of a run: a bar on a terminal, plain lines otherwise, JSON lines for
/// programs.
std::unique_ptr<NightListener> makeProgress(Language language, bool json, bool terminal);

/// The closing summary of a run, whose parts add up to the number received.
std::string describe(const NightSummary& summary, Language language);

/// "1:05", "2:03:09"
std::string clockTime(std::chrono::seconds duration);

}  // namespace sohoa
