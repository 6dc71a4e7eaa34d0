// The first file of this module; its content follows.
