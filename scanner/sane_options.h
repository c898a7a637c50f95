#pragma once

#include <sane/sane.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/sane_library.h"
#include "scanner/scanner.h"

namespace sohoa {

/// The options of one open device by their names. Drivers come and go with options as others are
/// set, so every call looks again.
class SaneOptions {
 public:
  SaneOptions(const SaneLibrary& sane, SANE_Handle handle, std::string device)
      : sane_(sane), handle_(handle), device_(std::move(device)) {}

  /// Active and settable.
  bool has(const char* name) const { return find(name).index >= 0; }
  /// The words a text option may have.
  std::vector<std::string> choices(const char* name) const;
  /// The value as the option has it now, in its own unit; nothing when it has no number.
  std::optional<double> number(const char* name) const;
  /// Sets a number; the driver's own rounding is not an error. Clamped to the range or taken from
  /// the list: the smallest value that is not less, else the largest there is.
  Result<void> set(const char* name, double value) const;
  Result<void> set(const char* name, const std::string& word) const;
  /// A value as a person writes it, by the option's type: "yes", "12.5", "Color".
  Result<void> setWritten(const std::string& name, const std::string& value) const;
  /// A length in the option's unit.
  double fromMillimetres(const char* name, double mm, double dpi) const;
  double toMillimetres(const char* name, double value, double dpi) const;
  /// The largest value it takes.
  std::optional<double> most(const char* name) const;

 private:
  struct Found {
    SANE_Int index = -1;
    const SANE_Option_Descriptor* about = nullptr;
  };
  Found find(std::string_view name) const;
  Result<void> put(const Found& option, void* value) const;
  ItemError wrong(const std::string& detail) const;

  const SaneLibrary& sane_;
  SANE_Handle handle_;
  std::string device_;
};

/// Sets the device up in the order that drivers need: source, mode, resolution, size, then the
/// driver's own. What was not had as asked is added to `compromises`.
Result<void> setUp(const SaneOptions& options, const ScanSettings& settings,
                   std::vector<std::string>& compromises);

}  // namespace sohoa
