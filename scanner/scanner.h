#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// Where the paper comes from.
enum class ScanSource {
  flatbed,  ///< one side on the glass
  feeder,   ///< automatic document feeder, one side of each sheet
  duplex,   ///< automatic document feeder, front and back of each sheet in turn
};
enum class ScanMode { colour, grey, lineart };

std::string_view nameOf(ScanSource source);  ///< "flatbed", "feeder", "duplex"
std::string_view nameOf(ScanMode mode);      ///< "colour", "grey", "lineart"
std::optional<ScanSource> scanSourceFrom(std::string_view name);
std::optional<ScanMode> scanModeFrom(std::string_view name);

struct PageSize {
  double widthMm = 210, heightMm = 297;
  bool operator==(const PageSize&) const = default;
};
/// "A3", "A4", "A5", "letter", "legal", "max" (0 x 0: all that the scanner takes) or "210x297" in
/// millimetres.
std::optional<PageSize> pageSizeFrom(std::string_view text);

struct ScanSettings {
  ScanSource source = ScanSource::feeder;
  ScanMode mode = ScanMode::colour;
  int dpi = 300;
  PageSize size;
  int jpegQuality = 92;  ///< of colour and grey, 1..100
  /// Options of the driver by its own names, set last: {"brightness", "10"}.
  std::vector<std::pair<std::string, std::string>> driver;
  /// A device that transfers no byte for this long counts as gone.
  std::chrono::seconds patience{60};
};

struct ScannerInfo {
  std::string name;  ///< what `--device` takes, for example "fujitsu:fi-7160:12345"
  std::string vendor, model, type;
};

/// A scanner that is open and set up. Not thread-safe.
class Scanner {
 public:
  virtual ~Scanner() = default;
  /// The next side: from the glass, or of the next sheet in the feeder (duplex: its front, then its
  /// back). Causes: scanEmpty (no sheet left; nothing has moved), scanJammed, scanCoverOpen,
  /// scanDeviceGone (cable, power, a driver that hangs), scanBusy, scanDenied, scanSettings. After
  /// any but scanEmpty a sheet may have gone through without a page.
  virtual Result<PageImage> nextSide() = 0;
  /// Ends the load: the feeder comes to rest. Also after every error.
  virtual void rest() = 0;
  /// What could not be had as asked, in words of the driver: "width 210 mm: 200 mm at most".
  virtual const std::vector<std::string>& compromises() const = 0;
};

/// All scanners that the drivers find; may take seconds. Throws BatchError(scanLibrary).
std::vector<ScannerInfo> listScanners();
/// Causes: scanNoDevice, scanBusy, scanDenied, scanDeviceGone, scanSettings (what the driver offers
/// is in the detail). Throws BatchError(scanLibrary).
Result<std::unique_ptr<Scanner>> openScanner(const std::string& device,
                                             const ScanSettings& settings);

}  // namespace sohoa
