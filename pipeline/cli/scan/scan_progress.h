#pragma once

#include <memory>

#include "core/texts/text.h"
#include "pipeline/scanning/scan_session.h"

namespace sohoa::cli {

/// Says each page as it is kept: JSON lines, a bar that is drawn anew in place on a terminal, or
/// plain lines.
class ScanProgress : public ScanListener {
 public:
  /// Before anything else is written to the screen.
  virtual void clear() {}
};
std::unique_ptr<ScanProgress> makeScanProgress(Language language, bool json, bool terminal);

}  // namespace sohoa::cli
