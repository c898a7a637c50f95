#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "core/clock.h"
#include "pipeline/cli/scan/scan_options.h"
#include "pipeline/cli/scan/scan_progress.h"
#include "pipeline/cli/scan/scan_prompts.h"
#include "pipeline/scanning/scan_session.h"

namespace sohoa::cli {

/// One call of the command: stacks, loads and questions until there is no more to do.
class ScanCall {
 public:
  /// `interrupted`: set by Ctrl-C; it ends between two sheets.
  ScanCall(Context& context, const ScanOptions& options, const std::atomic<bool>& interrupted);
  void run();
  /// Files that lay in the batch and were put aside.
  void sayStrangers() const;

 private:
  bool begin(const std::string& dossier);
  bool goOn();
  bool putBack();
  bool scanLoad();
  bool afterLoad();
  bool askNext();
  bool finish();
  void close();
  void sayClosed() const;
  void discard();
  void lookUp(const std::string& dossier) const;
  bool fail(const ItemError& problem);
  void openDevice(const std::string& device, const ScanSettings& settings);

  Context& context_;
  const ScanOptions& options_;
  Site site_;
  std::unique_ptr<Clock> clock_;
  ScanSession desk_;
  const std::atomic<bool>& interrupted_;
  bool asks_;
  ScanPerson person_{context_};
  std::unique_ptr<ScanProgress> progress_;
  std::unique_ptr<Scanner> scanner_;
};

}  // namespace sohoa::cli
