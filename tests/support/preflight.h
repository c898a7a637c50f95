#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sohoa::test {

/// The verdict of an independent PDF/A-1b validator (Apache PDFBox preflight) on one file.
struct PreflightVerdict {
  std::filesystem::path file;
  bool valid = false;
  std::vector<std::string> findings;  ///< "7.1.5 : Error on MetaData, …"
};

/// Whether Java and the validator's jars are installed; a test without them says so and skips.
bool hasPreflight();
/// One start of Java for all files. Throws std::runtime_error when the validator itself fails.
std::vector<PreflightVerdict> preflight(const std::vector<std::filesystem::path>& files);

}  // namespace sohoa::test
