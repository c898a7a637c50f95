#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/cli/base/command_line.h"
#include "scanner/scanner.h"

namespace sohoa::cli {

/// As typed; empty and 0 mean: as sohoa.toml says, or as the stack was begun.
struct ScanOptions {
  std::string device, batch, dossier, source, mode, pageSize, person;
  std::vector<std::string> driver;
  int dpi = 0, sheets = 0, onTop = 0, patience = 60;
  bool list = false, fronts = false, backs = false, append = false;
  bool keepOpen = false, close = false, discard = false;
};

/// Declares the options of `sohoa scan`.
void declare(Command command, const Context& context, const std::shared_ptr<ScanOptions>& options);
/// Throws UsageError for what makes no sense whatever the scanner is.
void check(const ScanOptions& options);

/// As typed, else as configured.
ScanSettings settingsOf(const ScanOptions& options, const ScanConfig& config);
/// As typed or configured, else the only one there is. Throws BatchError(scanNoDevice).
std::string deviceOf(const ScanOptions& options, const ScanConfig& config);

}  // namespace sohoa::cli
