#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scanner/scanner.h"

namespace sohoa {

/// Which of a driver's words for its paper sources means this one. SANE leaves them to the driver:
/// "ADF Front", "Automatic Document Feeder(centrally aligned,Duplex)", "Document Table" …
std::optional<std::string> wordFor(ScanSource source, const std::vector<std::string>& words);
/// Likewise of its modes: "24bit Color[Fast]", "True Gray", "Black & White" …
std::optional<std::string> wordFor(ScanMode mode, const std::vector<std::string>& words);

}  // namespace sohoa
