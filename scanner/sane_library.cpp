#include "scanner/sane_library.h"

#include <dlfcn.h>

namespace sohoa {
namespace {

constexpr const char* kName = "libsane.so.1";

template <class Function>
void find(void* library, const char* name, Function& into) {
  into = reinterpret_cast<Function>(::dlsym(library, name));
  if (into == nullptr) throw BatchError(Cause::scanLibrary, name);
}

std::string text(SANE_String_Const words) {
  return words == nullptr ? std::string() : std::string(words);
}

}  // namespace

SaneLibrary::SaneLibrary() {
  library_ = ::dlopen(kName, RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) throw BatchError(Cause::scanLibrary, ::dlerror());
  find(library_, "sane_init", init);
  find(library_, "sane_exit", exit);
  find(library_, "sane_get_devices", getDevices);
  find(library_, "sane_open", open);
  find(library_, "sane_close", close);
  find(library_, "sane_get_option_descriptor", descriptor);
  find(library_, "sane_control_option", control);
  find(library_, "sane_get_parameters", parameters);
  find(library_, "sane_start", start);
  find(library_, "sane_read", read);
  find(library_, "sane_cancel", cancel);
  find(library_, "sane_strstatus", describe);
  SANE_Int version = 0;
  const SANE_Status status = init(&version, nullptr);
  if (status != SANE_STATUS_GOOD) throw BatchError(Cause::scanLibrary, text(describe(status)));
  if (SANE_VERSION_MAJOR(version) != 1) throw BatchError(Cause::scanLibrary, "SANE version");
}

// The library stays loaded: drivers leave threads and handlers behind that unloading would pull
// the ground from under.
SaneLibrary::~SaneLibrary() {
  if (!abandoned_) exit();
}

SaneLibrary& SaneLibrary::get() {
  static SaneLibrary library;
  return library;
}

std::vector<ScannerInfo> SaneLibrary::devices() const {
  const SANE_Device** list = nullptr;
  std::vector<ScannerInfo> found;
  if (getDevices(&list, SANE_FALSE) != SANE_STATUS_GOOD || list == nullptr) return found;
  for (; *list != nullptr; ++list) {
    const SANE_Device& device = **list;
    found.push_back(
        {text(device.name), text(device.vendor), text(device.model), text(device.type)});
  }
  return found;
}

ItemError troubleOf(const SaneLibrary& sane, SANE_Status status, const std::string& device) {
  const auto cause = [&] {
    switch (status) {
      case SANE_STATUS_JAMMED:
        return Cause::scanJammed;
      case SANE_STATUS_NO_DOCS:
        return Cause::scanEmpty;
      case SANE_STATUS_COVER_OPEN:
        return Cause::scanCoverOpen;
      case SANE_STATUS_DEVICE_BUSY:
        return Cause::scanBusy;
      case SANE_STATUS_ACCESS_DENIED:
        return Cause::scanDenied;
      case SANE_STATUS_INVAL:
      case SANE_STATUS_UNSUPPORTED:
        return Cause::scanSettings;
      default:
        return Cause::scanDeviceGone;
    }
  }();
  return {Stage::intake, cause, device, text(sane.describe(status))};
}

std::vector<ScannerInfo> listScanners() { return SaneLibrary::get().devices(); }

}  // namespace sohoa
