#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// libFuzzer's driver for a program that has a main of its own (compiler-rt/lib/fuzzer/FuzzerDriver.cpp).
int LLVMFuzzerRunDriver(int *argc, char *_Nullable *_Nonnull *_Nonnull argv,
                        int (*target)(const uint8_t *_Nullable bytes, size_t count));

#pragma clang assume_nonnull end
