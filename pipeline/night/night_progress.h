#pragma once

#include <chrono>
#include <memory>

#include "core/texts/text.h"
#include "pipeline/night/night.h"

namespace sohoa {

/// How a run shows what it does: a bar on a terminal, plain lines elsewhere, JSON lines for
/// programs.
std::unique_ptr<NightListener> makeProgress(Language language, bool json, bool terminal);

/// The run's last words: one summary in which the parts add up to what came in.
std::string describe(const NightSummary& summary, Language language);

/// "1:05", "2:03:09"
std::string clockTime(std::chrono::seconds duration);

}  // namespace sohoa
