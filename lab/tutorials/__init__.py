"""The tutorials of docs/: pages whose command blocks are really carried out, in order, at a real desk."""
