#pragma once

#include <sane/sane.h>

#include <atomic>
#include <string>
#include <vector>

#include "scanner/scanner.h"

namespace sohoa {

/// libsane, opened by name and initialised: a server that only files at night needs none, and page
/// workers do not carry its USB, XML and network libraries along.
class SaneLibrary {
 public:
  /// The only one of the process, until it ends: SANE has one session, and ending it under another
  /// thread's call would pull the ground from under that. Throws BatchError(scanLibrary).
  static SaneLibrary& get();
  ~SaneLibrary();
  SaneLibrary(const SaneLibrary&) = delete;
  SaneLibrary& operator=(const SaneLibrary&) = delete;

  std::vector<ScannerInfo> devices() const;
  /// A driver hangs in a call: the session cannot be ended in order any more.
  void abandon() { abandoned_ = true; }

  decltype(&sane_init) init;
  decltype(&sane_exit) exit;
  decltype(&sane_get_devices) getDevices;
  decltype(&sane_open) open;
  decltype(&sane_close) close;
  decltype(&sane_get_option_descriptor) descriptor;
  decltype(&sane_control_option) control;
  decltype(&sane_get_parameters) parameters;
  decltype(&sane_start) start;
  decltype(&sane_read) read;
  decltype(&sane_cancel) cancel;
  decltype(&sane_strstatus) describe;

 private:
  SaneLibrary();
  void* library_ = nullptr;
  std::atomic<bool> abandoned_{false};
};

/// What a status means for the person at the scanner. The detail is the library's own word.
ItemError troubleOf(const SaneLibrary& sane, SANE_Status status, const std::string& device);

}  // namespace sohoa
