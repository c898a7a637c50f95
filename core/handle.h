#pragma once

#include <memory>

namespace sohoa {

/// Deleter that calls a C library's free function; adds no size to the pointer.
template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

/// Owns what a C library made: `Handle<BIO, BIO_free_all> bio(BIO_new(...));`
template <class T, auto Free>
using Handle = std::unique_ptr<T, Deleter<Free>>;

}  // namespace sohoa
