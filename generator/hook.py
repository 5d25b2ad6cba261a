def on_post_build(config): pass
